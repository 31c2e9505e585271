/** What names a kind of things: letters, digits behind them, joints between words; no id, no address, no sentence. */
const LABEL = /^(?=.{1,60}$)[$_@]*[A-Za-z]+\d{0,2}(?:[-_.:/#$]+[A-Za-z]+\d{0,2})*[$_@]*$/;

/** Whether a text may be what a kind of items is called. */
export const isLabel = (text: string): boolean => LABEL.test(text);

/** What stands in capitals is a constant by custom: `ORDER`, `LINE_ITEM`. */
export const isInCapitals = (word: string): boolean => /[A-Z]/.test(word) && !/[a-z]/.test(word);
