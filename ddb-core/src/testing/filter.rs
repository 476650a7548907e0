//! The filters of an event source mapping, applied to records as Lambda applies them.
//!
//! ```
//! use ddb_core::testing::filter::Filters;
//! use serde_json::json;
//!
//! let filters = Filters::parse([r#"{"dynamodb": {"NewImage": {"status": {"S": ["OPEN"]}}}}"#])?;
//! let record = |status| json!({"dynamodb": {"NewImage": {"status": {"S": status}}}});
//! assert!(filters.matches(&record("OPEN")));
//! assert!(!filters.matches(&record("SHIPPED")));
//! # Ok::<(), ddb_core::testing::filter::ParsePatternError>(())
//! ```
//!
//! # Rules
//!
//! A pattern has the shape of the record, with a list of rules instead of each value. A record matches
//! if it has each member of the pattern, with a value that one of the rules accepts.
//!
//! | rule | accepts |
//! | --- | --- |
//! | `"text"`, `7`, `true`, `null` | this value; a number never equals a string |
//! | `{"prefix": "text"}`, `{"suffix": "text"}` | a string that begins or ends with it |
//! | `{"equals-ignore-case": "text"}` | the string, in upper or lower case |
//! | `{"anything-but": ["text", 7]}` | any other string or number |
//! | `{"numeric": [">", 0, "<=", 5]}` | a number in the range |
//! | `{"exists": true}`, `{"exists": false}` | any value, or none |
//!
//! `{"$or": [{…}, {…}]}` matches what one of the patterns in the list matches.
//!
//! - The number of an `N` is a string in a record, so numeric rules never accept it.
//! - `exists` applies to values, not to objects. `[{"exists": false}]` on an attribute, without
//!   its type, also accepts a record that has the attribute: `{"status": {"S": "OPEN"}}` has a value
//!   at `status.S`, and none at `status`.
//! - A list, such as an `SS`, matches if one of its elements does.
//!
//! Source: [Control which events Lambda sends to your
//! function](https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html).

use std::error::Error;
use std::fmt;

use serde_json::{Map, Value};

/// The filters of an event source mapping.
#[derive(Clone, Debug)]
pub struct Filters(Vec<Pattern>);

impl Filters {
    /// Parses the patterns of the filters, such as those of
    /// [`FilterCriteria::patterns`](crate::schema::FilterCriteria::patterns).
    ///
    /// # Errors
    ///
    /// Returns an error if a pattern is not a JSON object, if it contains an empty object or list, if a
    /// value is not in a list, or if a rule is unknown or has the wrong operand. The number of the
    /// patterns and their length are not checked.
    pub fn parse<'p>(
        patterns: impl IntoIterator<Item = &'p str>,
    ) -> Result<Self, ParsePatternError> {
        patterns.into_iter().map(parse_pattern).collect::<Result<_, _>>().map(Self)
    }

    /// Returns `true` if a mapping with these filters delivers the record: if one of the patterns
    /// matches or if there are none.
    ///
    /// `record` is one element of the `Records` of a payload. In one of Kinesis, decode the `data` first,
    /// as Lambda does.
    #[must_use]
    pub fn matches(&self, record: &Value) -> bool {
        self.0.is_empty() || self.0.iter().any(|pattern| pattern.matches(&[record]))
    }
}

/// A pattern for an object or for a value.
#[derive(Clone, Debug)]
enum Pattern {
    /// The members that an object has.
    Members(Vec<(String, Pattern)>),
    /// A value, which one of the rules accepts.
    Value(Vec<Rule>),
    /// The patterns of `$or`, for the object that contains it.
    Any(Vec<Pattern>),
}

#[derive(Clone, Debug)]
enum Rule {
    Equals(Value),
    Prefix(String),
    Suffix(String),
    EqualsIgnoreCase(String),
    AnythingBut(Vec<Value>),
    /// Each comparison holds.
    Numeric(Vec<(Comparison, f64)>),
    Exists(bool),
}

#[derive(Clone, Copy, Debug)]
enum Comparison {
    Less,
    LessOrEqual,
    Equal,
    GreaterOrEqual,
    Greater,
}

const COMPARISONS: [(&str, Comparison); 5] = [
    ("<", Comparison::Less),
    ("<=", Comparison::LessOrEqual),
    ("=", Comparison::Equal),
    (">=", Comparison::GreaterOrEqual),
    (">", Comparison::Greater),
];

impl Pattern {
    /// Matches the values at one path of a record: several, if the path leads into a list.
    fn matches(&self, found: &[&Value]) -> bool {
        match self {
            Self::Any(patterns) => patterns.iter().any(|pattern| pattern.matches(found)),
            Self::Value(rules) => {
                let values: Vec<_> = found.iter().copied().filter(|it| !it.is_object()).collect();
                rules.iter().any(|rule| rule.accepts(&values))
            }
            Self::Members(members) => {
                let has_members = |object: &Value| {
                    members.iter().all(|(name, pattern)| match name.as_str() {
                        OR => pattern.matches(&[object]),
                        name => {
                            pattern.matches(&object.get(name).map(elements).unwrap_or_default())
                        }
                    })
                };
                let mut objects = found.iter().filter(|found| found.is_object()).peekable();
                match objects.peek() {
                    Some(_) => objects.any(|object| has_members(object)),
                    // A value that does not exist has no members, which `exists` may ask for.
                    None => has_members(&Value::Null),
                }
            }
        }
    }
}

/// The elements of a list, or the value itself.
fn elements(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(values) => values.iter().flat_map(elements).collect(),
        value => vec![value],
    }
}

impl Rule {
    fn accepts(&self, values: &[&Value]) -> bool {
        let any_text = |accepts: &dyn Fn(&str) -> bool| {
            values.iter().any(|value| value.as_str().is_some_and(accepts))
        };
        match self {
            Self::Equals(expected) => values.iter().any(|value| is_equal(value, expected)),
            Self::Prefix(prefix) => any_text(&|text| text.starts_with(prefix)),
            Self::Suffix(suffix) => any_text(&|text| text.ends_with(suffix)),
            Self::EqualsIgnoreCase(expected) => {
                any_text(&|text| text.to_lowercase() == expected.to_lowercase())
            }
            Self::AnythingBut(refused) => values.iter().any(|value| {
                (value.is_string() || value.is_number())
                    && !refused.iter().any(|refused| is_equal(value, refused))
            }),
            Self::Numeric(comparisons) => {
                values.iter().filter_map(|it| it.as_f64()).any(|number| {
                    comparisons.iter().all(|(comparison, limit)| comparison.holds(number, *limit))
                })
            }
            Self::Exists(expected) => values.is_empty() != *expected,
        }
    }
}

impl Comparison {
    fn holds(self, number: f64, limit: f64) -> bool {
        match self {
            Self::Less => number < limit,
            Self::LessOrEqual => number <= limit,
            #[allow(clippy::float_cmp, reason = "the rule is about equal numbers")]
            Self::Equal => number == limit,
            Self::GreaterOrEqual => number >= limit,
            Self::Greater => number > limit,
        }
    }
}

/// Compares numbers by value: `7` equals `7.0`.
fn is_equal(value: &Value, expected: &Value) -> bool {
    match (value, expected) {
        (Value::Number(value), Value::Number(expected)) => value.as_f64() == expected.as_f64(),
        _ => value == expected,
    }
}

/// The error for a pattern that Lambda refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParsePatternError {
    /// The names on the way to the mistake.
    path: Vec<String>,
    mistake: String,
}

impl ParsePatternError {
    fn new(mistake: impl Into<String>) -> Self {
        Self { path: Vec::new(), mistake: mistake.into() }
    }

    fn inside(mut self, name: &str) -> Self {
        self.path.insert(0, name.to_owned());
        self
    }
}

impl fmt::Display for ParsePatternError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path.join("."))?;
        }
        f.write_str(&self.mistake)
    }
}

impl Error for ParsePatternError {}

const OR: &str = "$or";

fn parse_pattern(text: &str) -> Result<Pattern, ParsePatternError> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| ParsePatternError::new(format!("the pattern is not JSON: {error}")))?;
    match value {
        Value::Object(members) => parse_members(members),
        _ => Err(ParsePatternError::new("the pattern is not an object: write `{\"dynamodb\": …}`")),
    }
}

fn parse_members(members: Map<String, Value>) -> Result<Pattern, ParsePatternError> {
    if members.is_empty() {
        return Err(ParsePatternError::new("the object is empty: write a member, or remove it"));
    }
    let parse = |(name, value): (String, Value)| {
        let pattern = match value {
            Value::Object(members) => parse_members(members),
            Value::Array(patterns) if name == OR => parse_or(patterns),
            Value::Array(rules) if !rules.is_empty() => {
                rules.into_iter().map(parse_rule).collect::<Result<_, _>>().map(Pattern::Value)
            }
            _ => Err(ParsePatternError::new(
                "a value is compared with a list of rules: write `[\"text\"]`",
            )),
        };
        pattern.map_err(|error| error.inside(&name)).map(|pattern| (name, pattern))
    };
    members.into_iter().map(parse).collect::<Result<_, _>>().map(Pattern::Members)
}

fn parse_or(patterns: Vec<Value>) -> Result<Pattern, ParsePatternError> {
    if patterns.is_empty() {
        return Err(ParsePatternError::new("`$or` has no patterns: write `{\"$or\": [{…}, {…}]}`"));
    }
    let parse = |pattern| match pattern {
        Value::Object(members) => parse_members(members),
        _ => Err(ParsePatternError::new("`$or` takes patterns: write `{\"$or\": [{…}, {…}]}`")),
    };
    patterns.into_iter().map(parse).collect::<Result<_, _>>().map(Pattern::Any)
}

fn parse_rule(rule: Value) -> Result<Rule, ParsePatternError> {
    let members = match rule {
        Value::Object(members) => members,
        Value::Array(_) => {
            return Err(ParsePatternError::new("a list is not a rule: write its elements"));
        }
        value => return Ok(Rule::Equals(value)),
    };
    let mut members = members.into_iter();
    let (Some((name, value)), None) = (members.next(), members.next()) else {
        return Err(ParsePatternError::new(
            "a rule is an object with one member: write `{\"prefix\": \"text\"}`",
        ));
    };
    let rule = match (name.as_str(), value) {
        ("prefix", Value::String(text)) => Some(Rule::Prefix(text)),
        ("suffix", Value::String(text)) => Some(Rule::Suffix(text)),
        ("equals-ignore-case", Value::String(text)) => Some(Rule::EqualsIgnoreCase(text)),
        ("anything-but", value) => parse_anything_but(value),
        ("numeric", Value::Array(comparisons)) => parse_numeric(&comparisons),
        ("exists", Value::Bool(exists)) => Some(Rule::Exists(exists)),
        _ => None,
    };
    rule.ok_or_else(|| {
        ParsePatternError::new(format!(
            "`{name}` is not a rule, or has the wrong operand: write `prefix`, `suffix` or \
             `equals-ignore-case` with a string, `anything-but` with strings and numbers, `numeric` \
             with comparisons such as `[\">\", 0]`, or `exists` with `true` or `false`"
        ))
    })
}

fn parse_anything_but(value: Value) -> Option<Rule> {
    let refused = match value {
        Value::Array(values) => values,
        value => vec![value],
    };
    let is_sound = !refused.is_empty() && refused.iter().all(|it| it.is_string() || it.is_number());
    is_sound.then_some(Rule::AnythingBut(refused))
}

fn parse_numeric(comparisons: &[Value]) -> Option<Rule> {
    let parse = |pair: &[Value]| {
        let [name, limit] = pair else { return None };
        let (_, comparison) = COMPARISONS.iter().find(|(known, _)| name == known)?;
        Some((*comparison, limit.as_f64()?))
    };
    if comparisons.is_empty() {
        return None;
    }
    comparisons.chunks(2).map(parse).collect::<Option<_>>().map(Rule::Numeric)
}
