"""XLSForm, the spreadsheet in which questionnaires travel: in with every problem told by its cell, and out again."""
