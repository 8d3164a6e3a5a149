export { directHttp, shapeResponse } from './direct-http.ts';
export { losingAnswers } from './losing-answers.ts';
export { makeAccountCall, makeCall } from './make-call.ts';
export { makePart } from './make-part.ts';
export { type ScriptedAnswer, scriptedHttp } from './scripted-http.ts';
