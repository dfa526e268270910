// Works out the trees that participation/questionnaires/expressions/nodes.py makes of expressions, with the same
// results as evaluator.py; tests/browser/test_expressions_agree.py holds the two together. The server decides in the
// end, so there is no limit of steps here, and a pattern the browser cannot read is an error for the caller to skip.
//
// A scope has: value(name), values(name), count(name), choiceLabel(question, option), attribute(name), current,
// position and today. Numbers are numbers, days are texts like "2026-05-01", "" is a question without an answer.

export function evaluate(node, scope) {
  if (!Array.isArray(node)) return node;
  const [name, ...parts] = node;
  if (name in FORMS) return FORMS[name](scope, ...parts);
  const values = parts.flatMap((part) => evaluate(part, scope)); // "$*" is a list and becomes several values
  return name in OPERATORS ? values.reduce(OPERATORS[name]) : FUNCTIONS[name](...values);
}

export function text(value) {
  if (typeof value !== "number") return String(value);
  const [, sign, whole, part = "", exponent] = /^(-?)(\d+)(?:\.(\d+))?(?:e(.+))?$/.exec(value) ?? [];
  if (!exponent) return String(value);
  if (exponent < 0) return sign + "0." + "0".repeat(-exponent - 1) + whole + part;
  return sign + whole + part.padEnd(exponent, "0");
}

export function number(value) {
  if (typeof value !== "string") return Number(value);
  if (/^[ \t\r\n]*-?(\d+(\.\d*)?|\.\d+)[ \t\r\n]*$/.test(value)) return Number(value);
  return isDay(value) ? Date.parse(value.slice(0, 10)) / DAY : NaN;
}

const DAY = 24 * 60 * 60 * 1000;
const FIRST_DAY = Date.parse("0001-01-01") / DAY;
const LAST_DAY = Date.parse("9999-12-31") / DAY;
const MOMENT = /^(\d{4}-\d\d-\d\d)(T(\d\d):(\d\d)(:(\d\d)(\.(\d{3}))?)?[^]*)?$/;

function isDay(value) {
  const day = MOMENT.exec(value)?.[1];
  const time = Date.parse(day);
  // The browser takes 30 February for 1 March.
  return time >= FIRST_DAY * DAY && new Date(time).toISOString().startsWith(day);
}

function dayNumber(days) {
  const isKnown = days >= FIRST_DAY && days <= LAST_DAY;
  return isKnown ? new Date(Math.floor(days) * DAY).toISOString().slice(0, 10) : "";
}

const shifted = (days) => (Number.isInteger(days) && dayNumber(days)) || days;
const toDay = (value) => (isDay(value) ? value.slice(0, 10) : dayNumber(number(value)));
const names = (value) => text(value).split(/[ \t\r\n]+/).filter(Boolean);
const characters = (value) => [...text(value)];
const whole = (value) => Math.trunc(number(value)) || 0;
const numbers = (values) => values.filter((value) => value !== "").map(number);
const best = (isBetter) => (...values) =>
  numbers(values).reduce((a, b) => (a !== a || isBetter(a, b) ? a : b), undefined) ?? NaN;

function equal(a, b) {
  if (typeof a === "boolean" || typeof b === "boolean") return Boolean(a) === Boolean(b);
  if (typeof a === "number" || typeof b === "number") return number(a) === number(b);
  return a === b;
}

function round(value, places = 0) {
  places = Math.max(-20, Math.min(20, whole(places)));
  const shift = Number(text(number(value)) + "e" + places);
  if (!Number.isFinite(shift)) return number(value);
  const below = Math.floor(shift);
  return Number(text(shift - below < 0.5 ? below : below + 1) + "e" + -places);
}

function isWithin(amount, least, most) {
  [least, most] = [number(least), number(most)];
  return (least < 0 || amount >= least) && (most < 0 || amount <= most);
}

// Unlike RE2, \s means blanks of all scripts here and the dot leaves out four line ends instead of one; look-aheads
// would work, but the server has refused them.
function fits(value, pattern) {
  const whole = `^(?:${text(pattern)})$`;
  let matcher;
  try {
    matcher = new RegExp(whole, "u");
  } catch {
    matcher = new RegExp(whole); // without "u" a needless backslash is allowed, as in RE2
  }
  return characters(value).length <= 10000 && matcher.test(text(value));
}

function formatDate(value, pattern) {
  const day = toDay(value);
  if (!day) return "";
  const [, , , H = "00", M = "00", , S = "00", , thousandths = "000"] = MOMENT.exec(value) ?? [];
  const [Y, m, d] = day.split("-");
  const [n, e, h] = [m, d, H].map((digits) => String(Number(digits)));
  const parts = { Y, y: Y.slice(2), m, n, d, e, H, h, M, S, 3: thousandths };
  return text(pattern).replace(/%(.)/g, (_, part) => parts[part] ?? "");
}

const FORMS = {
  __proto__: null,
  $: (scope, name) => scope.value(name),
  "$*": (scope, name) => scope.values(name),
  "@": (scope, name) => scope.attribute(name) ?? "",
  ".": (scope) => scope.current,
  today: (scope) => scope.today,
  position: (scope) => scope.position,
  count: (scope, name) => scope.count(name),
  if: (scope, condition, then, otherwise) => evaluate(evaluate(condition, scope) ? then : otherwise, scope),
  or: (scope, ...parts) => parts.some((part) => evaluate(part, scope)),
  and: (scope, ...parts) => parts.every((part) => evaluate(part, scope)),
  negate: (scope, part) => -number(evaluate(part, scope)),
  "indexed-repeat": (scope, name, index) => scope.values(name)[whole(evaluate(index, scope)) - 1] ?? "",
  "jr:choice-name"(scope, question, part) {
    const option = text(evaluate(part, scope));
    return option && scope.choiceLabel(question, option);
  },
};

const OPERATORS = {
  __proto__: null,
  "=": equal,
  "!=": (a, b) => !equal(a, b),
  "<": (a, b) => number(a) < number(b),
  "<=": (a, b) => number(a) <= number(b),
  ">": (a, b) => number(a) > number(b),
  ">=": (a, b) => number(a) >= number(b),
  "+": (a, b) => (isDay(a) !== isDay(b) ? shifted : number)(number(a) + number(b)),
  "-": (a, b) => (isDay(a) && !isDay(b) ? shifted : number)(number(a) - number(b)),
  "*": (a, b) => number(a) * number(b),
  div: (a, b) => number(a) / number(b),
  mod: (a, b) => number(a) % number(b),
};

// "+ 0" turns minus zero into zero.
const FUNCTIONS = {
  __proto__: null,
  true: () => true,
  false: () => false,
  not: (value) => !value,
  boolean: Boolean,
  "boolean-from-string": (value) => ["true", "1"].includes(text(value)),
  coalesce: (...values) => values.find((value) => value !== "") ?? "",
  selected: (chosen, name) => names(chosen).includes(text(name).replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "")),
  "selected-at": (chosen, index) => names(chosen)[whole(index)] ?? "",
  "count-selected": (chosen) => names(chosen).length,
  checklist: (least, most, ...answers) => isWithin(answers.filter(Boolean).length, least, most),
  "weighted-checklist"(least, most, ...pairs) {
    const weight = (sum, answer, i) => (i % 2 === 0 && answer ? sum + number(pairs[i + 1] ?? 0) : sum);
    return isWithin(pairs.reduce(weight, 0), least, most);
  },
  string: text,
  concat: (...values) => values.map(text).join(""),
  join: (mark, ...values) => values.map(text).join(text(mark)),
  contains: (value, part) => text(value).includes(text(part)),
  "starts-with": (value, part) => text(value).startsWith(text(part)),
  "ends-with": (value, part) => text(value).endsWith(text(part)),
  substr: (value, start, end = Infinity) => characters(value).slice(whole(start), whole(end)).join(""),
  substring(value, start, length = Infinity) {
    const first = round(start);
    const end = first + round(length);
    return characters(value).filter((_, i) => first <= i + 1 && i + 1 < end).join("");
  },
  "substring-before": (value, mark) => text(value).slice(0, Math.max(0, text(value).indexOf(text(mark)))),
  "substring-after"(value, mark) {
    [value, mark] = [text(value), text(mark)];
    return value.includes(mark) ? value.slice(value.indexOf(mark) + mark.length) : "";
  },
  "string-length": (value) => characters(value).length,
  "normalize-space": (value) => names(value).join(" "),
  translate(value, old, replacement) {
    const [from, to] = [characters(old), characters(replacement)];
    return characters(value).map((c) => (from.includes(c) ? to[from.indexOf(c)] ?? "" : c)).join("");
  },
  regex: fits,
  number,
  int: (value) => Math.trunc(number(value)) + 0,
  floor: (value) => Math.floor(number(value)) + 0,
  ceiling: (value) => Math.ceil(number(value)) + 0,
  round,
  abs: (value) => Math.abs(number(value)),
  pow: (base, exponent) => Number(((number(base) + 0) ** number(exponent)).toPrecision(15)), // the last digit varies
  sqrt: (value) => Math.sqrt(number(value)),
  sum: (...values) => numbers(values).reduce((a, b) => a + b, 0),
  min: best((a, b) => a <= b),
  max: best((a, b) => a >= b),
  "count-non-empty": (...values) => values.filter((value) => value !== "").length,
  date: toDay,
  "decimal-date-time": (value) => number(toDay(value)),
  "format-date": formatDate,
  "format-date-time": formatDate,
};
