/** As much of JSON Schema as the contract's inputs are described with. */
export interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  format?: string;
  contentEncoding?: string;
  pattern?: string;
}

/** The kinds of value a schema allows, its alternatives side by side. */
export function listKinds(schema: Schema): Schema[] {
  const alternatives = schema.anyOf ?? schema.oneOf;
  return alternatives ? alternatives.flatMap(listKinds) : [schema];
}

/** What may stand under a name within these kinds; a number names a place in a list. Empty: nothing may. */
export function stepInto(kinds: readonly Schema[], name: string): Schema[] {
  return kinds.flatMap((kind): Schema[] => {
    const property = kind.properties?.[name];
    if (property) return listKinds(property);
    if (typeof kind.additionalProperties === 'object') return listKinds(kind.additionalProperties);
    return kind.items && /^\d{1,3}$/.test(name) ? listKinds(kind.items) : [];
  });
}

/** The scalar kinds in the words of help: `text`, `id`, `a|b|c`. */
export function nameKind(schema: Schema): string {
  const kinds = listKinds(schema).filter(({ type }) => type !== 'null');
  return [...new Set(kinds.map(nameOne))].join('|') + (kinds.length < listKinds(schema).length ? '|null' : '');
}

function nameOne(schema: Schema): string {
  if (schema.const !== undefined) return String(schema.const);
  if (schema.enum) return schema.enum.join('|');
  if (schema.contentEncoding) return 'FILE';
  if (schema.format === 'uuid') return 'ID';
  if (schema.format === 'date') return 'YYYY-MM-DD';
  if (schema.format === 'date-time') return 'INSTANT';
  if (schema.format === 'uri') return 'ADDRESS';
  if (schema.pattern?.includes('T\\d{2}:\\d{2}')) return 'YYYY-MM-DDTHH:MM';
  if (schema.type === 'array') return schema.items ? nameKind(schema.items) : 'JSON';
  if (schema.type === 'boolean') return 'true|false';
  if (schema.type === 'integer' || schema.type === 'number') return 'NUMBER';
  return schema.type === 'object' ? 'JSON' : 'TEXT';
}

/** One option by which a field is given. */
export interface FieldOption {
  /** `target.kind`; `N` stands for a place in a list. */
  name: string;
  kind: string;
  required: boolean;
  default?: unknown;
  /** May be given several times. */
  repeats: boolean;
}

/** Every field of a schema as an option, those within others by dots. */
export function listFieldOptions(schema: Schema, toName: (name: string) => string, before = ''): FieldOption[] {
  const found = new Map<string, FieldOption>();
  for (const kind of listKinds(schema)) {
    for (const [name, field] of Object.entries(kind.properties ?? {})) {
      const place = `${before}${toName(name)}`;
      const required = kind.required?.includes(name) === true && before === '';
      for (const option of describeField(field, place, required, toName)) {
        const earlier = found.get(option.name);
        const kinds = earlier ? [...new Set([...earlier.kind.split('|'), ...option.kind.split('|')])] : [option.kind];
        found.set(option.name, { ...option, kind: kinds.join('|') });
      }
    }
  }
  return [...found.values()];
}

function describeField(
  field: Schema,
  place: string,
  required: boolean,
  toName: (name: string) => string,
): FieldOption[] {
  const kinds = listKinds(field);
  if (kinds.some(({ properties }) => properties)) return listFieldOptions(field, toName, `${place}.`);
  const list = kinds.find(({ type }) => type === 'array');
  if (list?.items && listKinds(list.items).some(({ properties }) => properties))
    return listFieldOptions(list.items, toName, `${place}.N.`);
  const free = kinds.find(({ additionalProperties }) => typeof additionalProperties === 'object');
  const name = free ? `${place}.NAME` : place;
  const kind = free ? 'TEXT' : nameKind(field);
  const fallback = field.default === undefined ? {} : { default: field.default };
  return [{ name, kind, required, repeats: list !== undefined, ...fallback }];
}
