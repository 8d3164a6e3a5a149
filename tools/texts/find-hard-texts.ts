import ts from 'typescript';

/** Attributes that a person reads or hears. */
const spoken = /^(aria-label|aria-description|alt|title|label|description|placeholder|hint|lead|error|legend)$/;
/** Names, and what is the same in every language. */
const wordless = /^(· )?Goalpost$|^https:\/\/$|^\/p\/$|^c$/;

/** Finds words that stand in a component instead of in the catalogue: as text, or in an attribute people read. */
export function findHardTexts(file: string, text: string): string[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const report = (node: ts.Node, words: string) => {
    if (!/\p{L}/u.test(words) || wordless.test(words.trim())) return;
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    found.push(`${file}:${line + 1}: "${words.trim()}" is not in the catalogue`);
  };
  const walk = (node: ts.Node) => {
    if (ts.isJsxText(node)) report(node, node.text);
    if (ts.isJsxExpression(node) && node.expression && !ts.isJsxAttribute(node.parent)) {
      for (const words of readWords(node.expression)) report(node, words);
    }
    if (ts.isJsxAttribute(node) && spoken.test(node.name.getText()) && node.initializer) {
      if (ts.isStringLiteral(node.initializer)) report(node, node.initializer.text);
      else if (ts.isJsxExpression(node.initializer) && node.initializer.expression) {
        for (const words of readWords(node.initializer.expression)) report(node, words);
      }
    }
    ts.forEachChild(node, walk);
  };
  walk(source);
  return found;
}

/** Plain words that an expression shows as they are. */
function readWords(node: ts.Expression): string[] {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map((it) => it.literal.text)];
  if (ts.isConditionalExpression(node)) return [...readWords(node.whenTrue), ...readWords(node.whenFalse)];
  return [];
}
