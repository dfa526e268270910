"""Puts together what an .lss file keeps in tables: the old ones, and those of LimeSurvey 4 and later with `_l10ns`."""

from collections import defaultdict
from collections.abc import Mapping

from participation.questionnaires.limesurvey.source import Asked, Block, Part, Source, Texts

Record = tuple[int, dict[str, str]]
Tables = dict[str, list[Record]]
UNUSED_TABLES = {"quota", "assessments", "defaultvalues"}


def source_of(tables: Tables) -> Source:
    """The survey in these tables."""
    settings = _first(tables.get("surveys", []))
    source = Source([settings.get("language", ""), *settings.get("additional_languages", "").split()])
    for _line, row in tables.get("surveys_languagesettings", []):
        language = row.get("surveyls_language", "")
        source.titles[language] = row.get("surveyls_title", "")
        if settings.get("showwelcome", "Y") != "N":
            source.welcomes[language] = row.get("surveyls_welcometext", "")
        if row.get("surveyls_endtext"):
            source.unused.add("surveyls_endtext")
    blocks = _blocks(tables)
    questions = _questions(tables, blocks)
    _add_subquestions(tables, questions)
    _add_answers(tables, questions)
    _add_settings(tables, questions)
    source.unused |= {name for name in UNUSED_TABLES if tables.get(name)}
    source.blocks = sorted(blocks.values(), key=_place)
    for block in source.blocks:
        block.questions.sort(key=_place)
    spoken = [language for block in source.blocks for language in block.texts]
    source.languages = list(dict.fromkeys(filter(None, [*source.languages, *source.titles, *spoken])))
    return source


def _place(part: Part) -> int:
    return part.order


def _blocks(tables: Tables) -> dict[str, Block]:
    blocks: dict[str, Block] = {}
    for line, row in tables.get("groups", []):
        fresh = Block(f"G{len(blocks) + 1}", line, row.get("grelevance", ""), order=_number(row, "group_order"))
        _say(blocks.setdefault(row.get("gid", ""), fresh), row, "group_name", "description")
    for _line, row in tables.get("group_l10ns", []):
        if row.get("gid", "") in blocks:
            _say(blocks[row["gid"]], row, "group_name", "description")
    return blocks


def _questions(tables: Tables, blocks: dict[str, Block]) -> dict[str, Asked]:
    questions: dict[str, Asked] = {}
    for line, row in tables.get("questions", []):
        qid, block = row.get("qid", ""), blocks.get(row.get("gid", ""))
        if block is None or row.get("parent_qid", "0") not in {"", "0"}:
            continue
        if qid not in questions:
            questions[qid] = _question(line, row)
            block.questions.append(questions[qid])
        _say(questions[qid], row, "question", "help")
    _say_all(tables, questions)
    return questions


def _question(line: int, row: dict[str, str]) -> Asked:
    asked = Asked(
        row.get("title", ""),
        line,
        row.get("relevance", ""),
        order=_number(row, "question_order"),
        type=row.get("type", ""),
        is_mandatory=row.get("mandatory") == "Y",
        has_other=row.get("other") == "Y",
        alias="X".join(row.get(name, "") for name in ("sid", "gid", "qid")),
    )
    if row.get("preg"):
        asked.settings["validation"] = row["preg"]
    return asked


def _add_subquestions(tables: Tables, questions: dict[str, Asked]) -> None:
    found: dict[str, Part] = {}
    parents: dict[str, str] = {}
    for line, row in [*tables.get("subquestions", []), *tables.get("questions", [])]:
        qid, parent = row.get("qid", ""), row.get("parent_qid", "0")
        if parent not in questions:
            continue
        order = _number(row, "question_order")
        fresh = Part(row.get("title", ""), line, row.get("relevance", ""), row.get("scale_id") or "0", order)
        _say(found.setdefault(qid, fresh), row, "question", "help")
        parents[qid] = parent
    _say_all(tables, found)
    for qid, part in sorted(found.items(), key=lambda pair: pair[1].order):
        questions[parents[qid]].subquestions.append(part)


def _add_answers(tables: Tables, questions: dict[str, Asked]) -> None:
    said: dict[str, Texts] = defaultdict(dict)
    for _line, row in tables.get("answer_l10ns", []):
        said[row.get("aid", "")][row.get("language", "")] = row.get("answer", "")
    found: dict[tuple[str, str, str], Part] = {}
    for line, row in tables.get("answers", []):
        if row.get("qid", "") not in questions:
            continue
        key = (row["qid"], row.get("code", ""), row.get("scale_id") or "0")
        part = found.setdefault(key, Part(key[1], line, scale=key[2], order=_number(row, "sortorder")))
        _say(part, row, "answer", "")
        part.texts.update(said.get(row.get("aid", ""), {}))
    for (qid, _code, _scale), part in sorted(found.items(), key=lambda pair: pair[1].order):
        questions[qid].answers.append(part)


def _add_settings(tables: Tables, questions: dict[str, Asked]) -> None:
    for _line, row in tables.get("question_attributes", []):
        asked = questions.get(row.get("qid", ""))
        if asked is None:
            continue
        name, value, language = (row.get(key, "") for key in ("attribute", "value", "language"))
        if name == "other_replace_text":
            asked.other_texts[language] = value
        elif value:
            asked.settings[name] = value


def _say_all(tables: Tables, parts: Mapping[str, Part]) -> None:
    for table in ("question_l10ns", "subquestion_l10ns"):
        for _line, row in tables.get(table, []):
            if row.get("qid", "") in parts:
                _say(parts[row["qid"]], row, "question", "help")


def _say(part: Part, row: dict[str, str], text: str, more: str) -> None:
    """What a row says in its language; a row of the newer tables says nothing itself."""
    if "language" in row and text in row:
        part.texts[row["language"]] = row[text]
        part.helps[row["language"]] = row.get(more, "")


def _number(row: dict[str, str], name: str) -> int:
    written = row.get(name, "")
    return int(written) if written.isdecimal() and len(written) < 10 else 0


def _first(records: list[Record]) -> dict[str, str]:
    return records[0][1] if records else {}
