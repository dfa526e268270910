"""LimeSurvey's survey structures (.lss and tab-separated), turned into the sheets of an XLSForm and read as one."""
