/*
 * The counting rules as SQL for DuckDB: a second opinion, written from the rules and not from our own reader.
 * It judges the bytes of the decompressed data files, for DuckDB's own line readers would repair or refuse what the rules
 * call malformed.
 *
 * Two things DuckDB sees otherwise than JSON.parse, and the query puts right: it takes trailing commas, NaN and Infinity
 * for JSON, and of a key that stands twice its paths find the first where JSON.parse keeps the last.
 * One it cannot be taught: the escape of half a surrogate pair ("\ud800") is an error to it. DynamoDB stores no such
 * string, so the exports that it is asked about have none.
 */

/** Pairs of hex digits up to the pair of a line feed: a split on bytes, whatever they mean. */
const LINE = '((?:0[0-9B-F]|[1-9A-F][0-9A-F])*)(?:0A|$)';
const BLANK = '(20|09|0D)*';
const JSON_STRING = '"(?:[^"\\\\]|\\\\.)*"';
const JSON_TO_DUCKDB_ONLY = '(?i),\\s*[\\]}]|nan|inf';
const NUMBER = '[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?';
const DATE_TIME =
  '([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:[.][0-9]+)?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))';
const MINUTES_UNTIL_YEAR_10000 = 4_223_371_680;
const MILLIS_UNTIL_YEAR_10000 = 253_402_300_800_000;

/** The last member of that name, as JSON; SQL's NULL where there is none. */
const members = `
  create macro has(doc, name) as json_type(doc) = 'OBJECT' and list_contains(json_keys(doc), name);
  create macro member(doc, name) as case when has(doc, name) then
    json_extract(doc, '$.*')[len(json_keys(doc)) + 1 - list_position(list_reverse(json_keys(doc)), name)] end;
  create macro typed(value, type) as case
    when json_type(value) = 'OBJECT' and list_distinct(json_keys(value)) = [type]
     and json_type(member(value, type)) = 'VARCHAR' then json_extract_string(member(value, type), '$') end;`;

/** Days since 1970-01-01 of a timestamp; NULL where it is none, or out of range. */
const days = `
  create macro day_of_decimal(n) as case
    when n < 0 or n >= ${MILLIS_UNTIL_YEAR_10000} then null
    when n < 100000000000 then cast(floor(n) as bigint) // 86400
    else cast(floor(n) as bigint) // 86400000 end;
  create macro day_of_number(text) as
    case when regexp_full_match(text, '${NUMBER}') then day_of_decimal(try_cast(text as decimal(38, 22))) end;
  create macro part(text, i) as coalesce(try_cast(regexp_extract(text, '${DATE_TIME}', i) as bigint), 0);
  create macro offset_minutes(text) as case when part(text, 6) <= 23 and part(text, 7) <= 59 then
    (part(text, 6) * 60 + part(text, 7)) * (case when regexp_extract(text, '${DATE_TIME}', 5) = '-' then -1 else 1 end) end;
  create macro minute_of(text) as case when part(text, 2) <= 23 and part(text, 3) <= 59 then
    date_diff('day', date '1970-01-01', try_cast(regexp_extract(text, '${DATE_TIME}', 1) as date)) * 1440
    + part(text, 2) * 60 + part(text, 3) - offset_minutes(text) end;
  create macro ends_june_or_december(minute) as minute % 1440 = 1439
    and strftime(date '1970-01-01' + cast(minute // 1440 as integer), '%m-%d') in ('06-30', '12-31');
  create macro day_of_date_time(text) as case
    when not regexp_full_match(text, '${DATE_TIME}') then null
    when minute_of(text) < 0 or minute_of(text) >= ${MINUTES_UNTIL_YEAR_10000} then null
    when part(text, 4) <= 59 or (part(text, 4) = 60 and ends_june_or_december(minute_of(text)))
    then minute_of(text) // 1440 end;`;

/** All that the rules need to be set up before a query. */
export const macros = members + days;

/** Which files are judged: of which export, and between which days, both inclusive. */
const sources = `
  create temp table source (seed integer, path varchar, first_day bigint, last_day bigint)`;

/** Table `line`: file, number and text of every line that is not blank; text is NULL where the bytes are no UTF-8. */
const lines = `
  create or replace temp table line as
  with file as (select filename as file, regexp_extract_all(hex(content), '${LINE}', 1) as pieces from read_blob($paths)),
       piece as (select file, unnest(pieces) as bytes, generate_subscripts(pieces, 1) as number from file)
  select file, number, try(decode(unhex(bytes))) as text from piece where not regexp_full_match(bytes, '${BLANK}')`;

/** Table `record`: what each line says, each part NULL where it does not say it in the right form. */
const records = `
  create or replace temp table record as
  with document as (
    select file, number, case when json_valid(text)
      and not regexp_matches(regexp_replace(text, '${JSON_STRING}', '""', 'g'), '${JSON_TO_DUCKDB_ONLY}')
      then cast(text as json) end as doc from line),
  item as (
    select file, number, json_type(doc) = 'OBJECT' as is_object, has(doc, 'Keys') or has(doc, 'OldImage') as was_there,
      case when has(doc, 'Item') then member(doc, 'Item') else member(doc, 'NewImage') end as image from document),
  attribute as (
    select *, typed(member(image, 'modelId'), 'S') as model_id, typed(member(image, 'owner'), 'S') as owner,
      member(image, 'updatedAt') as updated_at, member(image, 'createdAt') as created_at from item),
  kinded as (
    select *, case when starts_with(model_id, 'session-') then 'session' when starts_with(model_id, 'party-') then 'party'
      when starts_with(model_id, 'member-user-') then 'member' end as kind from attribute),
  placed as (
    select *, case when kind = 'session' then updated_at else created_at end as moment,
      case when kind = 'member' then owner else model_id end as app_and_id,
      case when kind = 'member' then 'party' else kind end as app_and_id_kind,
      case when kind = 'member' then regexp_extract(model_id, '(?s)^member-user-(.+)$', 1)
           else regexp_extract(owner, '(?s)^user-(.+)$', 1) end as user_id from kinded)
  select file, number, is_object, was_there, image, model_id, kind, nullif(user_id, '') as user_id,
    case when starts_with(app_and_id, app_and_id_kind || '-')
      then nullif(regexp_extract(app_and_id, '(?s)^[a-z]+-([^-]+)-.+$', 1), '') end as app,
    coalesce(day_of_number(typed(moment, 'N')), day_of_date_time(typed(moment, 'S'))) as day from placed`;

/** Table `judged`: each record with its one outcome. */
const judged = `
  create or replace temp table judged as
  select seed, record.*, case
    when is_object is not true then 'malformed'
    when image is null then case when was_there then 'deleted' else 'malformed' end
    when json_type(image) <> 'OBJECT' or model_id is null then 'malformed'
    when kind is null then 'ignored'
    when user_id is null or app is null or starts_with(app, '#') or day is null then 'malformed'
    when day < first_day or day > last_day then 'outsideWindow'
    else 'counted' end as outcome from record join source on file = path`;

export const steps = { sources, lines, records, judged };

/** What is asked of the judged records. */
export const questions = {
  read: 'select seed, count(*) as records from judged group by seed',
  outcomes: 'select seed, outcome, count(*) as records from judged group by seed, outcome',
  rejects: `select seed, file, number from judged where outcome = 'malformed'
    qualify row_number() over (partition by seed order by file, number) <= 100 order by seed, file, number`,
  days: `select seed, strftime(date '1970-01-01' + cast(day as integer), '%Y-%m-%d') as date, app,
      count(distinct user_id) filter (kind = 'session') as activeUsers, count(*) filter (kind = 'session') as gamesPlayed,
      count(*) filter (kind = 'party') as partiesCreated, count(*) filter (kind = 'member') as partiesJoined
    from judged where outcome = 'counted' group by seed, day, app`,
  users: `select seed, strftime(date '1970-01-01' + cast(day as integer), '%Y-%m-%d') as date, app, kind, user_id as "user", count(*) as times
    from judged where outcome = 'counted' and kind in ('session', 'party') group by seed, day, app, kind, user_id`,
};
