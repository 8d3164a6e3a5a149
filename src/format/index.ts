export { createFormat, type Format, type NameWidth } from './create-format.ts';
export type { Moment } from './moment.ts';
export type { NumberOptions } from './print-number.ts';
export { type FormatLanguage, formatLanguages, loadAllFormats, loadFormat } from './words.ts';
