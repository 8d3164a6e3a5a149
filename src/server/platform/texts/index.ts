export { chooseLanguage } from './choose-language.ts';
export { createTexts, type Texts } from './create-texts.ts';
