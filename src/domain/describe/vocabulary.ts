/*
 * What the names of attributes and the words in keys give away of what stands there. Names are taken apart into words first:
 * `customerId`, `customer_id` and `CUSTOMER-ID` are the same two.
 */

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Who somebody is. What stands behind such a word is never shown. */
const PEOPLE = set(
  'user users uid username login member owner customer player person buyer seller shopper subscriber patient student ' +
    'employee author creator sender recipient receiver follower follows friend participant guest host account client profile ' +
    'contact email mail phone mobile assignee requester reviewer visitor driver rider',
);
/** Those that say by themselves that somebody uses the application. */
const USERS = set(
  'user uid username member owner customer player person buyer shopper subscriber patient student employee author visitor ' +
    'guest driver rider',
);
/** `userCount`, `accountType`: of people, but nobody. */
const NOBODY = set(
  'type kind role status state count total version agent since at on time date flag enabled verified active level score',
);
const TENANTS = set(
  'app application game tenant org organization organisation company workspace store shop site team brand merchant vendor ' +
    'project realm space region market',
);
const AMOUNTS = set(
  'amount total price cost sum subtotal revenue fee fees tax discount balance charge payment net gross',
);
const CREATED = set(
  'created create creation inserted added registered joined started placed issued opened signup born submitted ordered',
);
const UPDATED = set('updated update modified modification changed edited last latest touched');
const TIMES = set(
  'at on time times date day timestamp ts datetime when since until start started end ended begin finished created updated ' +
    'modified changed joined registered seen login',
);
const EXPIRY = set('ttl expires expire expired expiry expiration expirydate expdate purge');
const EXPIRY_NAMES = /^(?:timetolive|delete(?:at|on|after)|remove(?:at|on|after)|purge(?:at|on|after)|exp|validuntil)$/;
const STATES = set('status state stage phase step result outcome level plan tier priority');
const BIRTHS = set('birth birthday birthdate dob');

/** `createdAt` and `CREATED_AT` are `created` and `at`. */
export const wordsOf = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');

/** `userid` is of `user` too. */
const hasAny = (words: readonly string[], vocabulary: ReadonlySet<string>): boolean =>
  words.some((word) => vocabulary.has(word) || (word.endsWith('id') && vocabulary.has(word.slice(0, -2))));

const isOf =
  (vocabulary: ReadonlySet<string>) =>
  (name: string): boolean => {
    const words = wordsOf(name);
    return hasAny(words, vocabulary) && !NOBODY.has(words.at(-1) ?? '');
  };

const namesPeople = isOf(PEOPLE);

/** Whether what bears this name, or stands behind this word, may say who somebody is. */
export const isPersonal = (name: string): boolean => namesPeople(name) || wordsOf(name).at(-1) === 'by';

/** Whether it surely is a user of the application. */
export const isUser = isOf(USERS);

/** Whether it is what applications tell their customers, games or shops apart by. */
export const isTenant = isOf(TENANTS);

export const isAmount = (name: string): boolean => hasAny(wordsOf(name), AMOUNTS);

/** When something came to be. */
export const isCreation = (name: string): boolean => hasAny(wordsOf(name), CREATED);

/** When something was last written. */
export const isUpdate = (name: string): boolean => hasAny(wordsOf(name), UPDATED);

export const isTime = (name: string): boolean => hasAny(wordsOf(name), TIMES);

/** What an item is in for the time being, not what it is. */
export const isState = (name: string): boolean => STATES.has(wordsOf(name).at(-1) ?? '');

export const isBirth = (name: string): boolean => hasAny(wordsOf(name), BIRTHS);

/** When DynamoDB should delete the item. */
export function isExpiry(name: string): boolean {
  const words = wordsOf(name);
  return hasAny(words, EXPIRY) || EXPIRY_NAMES.test(words.join(''));
}

/** What libraries and people call the attribute that says what an item is. */
const TYPE_NAMES =
  /^(?:et|edbe|type|typename|entity|entitytype|entityname|itemtype|recordtype|objecttype|modeltype|kind|model|class|classname|discriminator|dtype|doctype|documenttype|eventtype)$/;

/** `__edb_e__` (ElectroDB), `_et` (DynamoDB Toolbox), `_type`, `__typename` (Amplify), `Type` (OneTable), … */
export const isTypeName = (name: string): boolean => TYPE_NAMES.test(name.toLowerCase().replace(/[^a-z]+/g, ''));
