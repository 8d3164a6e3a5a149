import ts from 'typescript';

/** A key that code asks for. `pattern` matches the keys that a composed one may become. */
export interface UsedKey {
  namespace: string;
  pattern: RegExp;
  /** As it stands in the code. */
  said: string;
  place: string;
}

/** Functions that take a key first, by what they are called where no namespace was chosen. */
const asking = new Set(['t', 'say', 'web']);

/**
 * Finds every key that a file of the interface asks for: `t('a.b')`, `` t(`a.${kind}`) ``, `t(x ? 'a' : 'b')`, and keys
 * kept in a table under `name` or `stage`. `useTranslation('metrics')` turns what it gives to that namespace.
 */
export function findUsedKeys(file: string, text: string): UsedKey[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: UsedKey[] = [];
  const namespaces = findNamespaces(source);
  const take = (node: ts.Expression, namespace: string) => {
    for (const { pattern, said } of readKeys(node)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push({ namespace, pattern, said, place: `${file}:${line + 1}` });
    }
  };
  const walk = (node: ts.Node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && asking.has(node.expression.text)) {
      const [key, options] = node.arguments;
      if (key && !/\bns\s*:/.test(options?.getText() ?? '')) take(key, namespaces.get(node.expression.text) ?? 'web');
    }
    if (ts.isPropertyAssignment(node) && /^(name|stage)$/.test(node.name.getText()) && isRoomKey(node.initializer)) {
      take(node.initializer, 'web');
    }
    ts.forEachChild(node, walk);
  };
  walk(source);
  return found;
}

const isRoomKey = (node: ts.Expression): boolean => ts.isStringLiteral(node) && /^(rooms|stages)\./.test(node.text);

/** Which function speaks of which namespace: from `const { t: say } = useTranslation(…)`. */
function findNamespaces(source: ts.SourceFile): Map<string, string> {
  const namespaces = new Map<string, string>();
  const walk = (node: ts.Node) => {
    if (ts.isVariableDeclaration(node) && ts.isObjectBindingPattern(node.name) && node.initializer) {
      const called = /^useTranslation\((.*)\)$/s.exec(node.initializer.getText());
      const argument = called?.[1]?.trim() ?? '';
      for (const element of node.name.elements) {
        const isAsker = (element.propertyName ?? element.name).getText() === 't';
        if (called && isAsker && argument && !argument.startsWith('[')) {
          namespaces.set(
            element.name.getText(),
            argument.startsWith('`network-') ? 'network-*' : argument.slice(1, -1),
          );
        }
      }
    }
    ts.forEachChild(node, walk);
  };
  walk(source);
  return namespaces;
}

/** The keys an expression may be. What cannot be read at all (a variable) is none: its table is read instead. */
function readKeys(node: ts.Expression): { pattern: RegExp; said: string }[] {
  if (ts.isParenthesizedExpression(node)) return readKeys(node.expression);
  if (ts.isConditionalExpression(node)) return [...readKeys(node.whenTrue), ...readKeys(node.whenFalse)];
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
    return [{ pattern: new RegExp(`^${escapeText(node.text)}$`), said: node.text }];
  }
  if (ts.isTemplateExpression(node)) {
    const parts = [node.head.text, ...node.templateSpans.map((it) => it.literal.text)];
    return [{ pattern: new RegExp(`^${parts.map(escapeText).join('[^.]+')}$`), said: node.getText() }];
  }
  return [];
}

const escapeText = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
