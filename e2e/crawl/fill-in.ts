import type { ElementHandle } from 'playwright-core';

const byType: Record<string, string> = {
  email: 'som@cafe.example',
  url: 'https://cafe.example/menu',
  tel: '021234567',
  password: 'sourdough at seven',
  time: '16:35',
  'datetime-local': '2027-03-01T16:35',
  month: '2027-03',
  color: '#335577',
};

/** What a person would write into a field of that kind, other than what is there. */
export async function fillIn(field: ElementHandle<HTMLInputElement>): Promise<string> {
  const { type, value, min, max, shown, place } = await field.evaluate((it) => ({
    place: [...(it.form?.elements ?? [])].indexOf(it) % 7,
    type: it.type,
    value: it.value ?? it.textContent,
    min: it.min,
    max: it.max,
    shown: it.getAttribute('inputmode'),
  }));
  if (type === 'date') {
    const day = /^\d{4}-\d{2}-\d{2}$/.test(value) ? Temporal.PlainDate.from(value) : Temporal.Now.plainDateISO();
    return day.add({ days: 7 }).toString();
  }
  if (type === 'number' || shown === 'numeric' || shown === 'decimal') {
    // Two fields of a form seldom mean the same number.
    const next = Number(value || min || 1) + 1 + place;
    return String(max !== '' && max !== undefined && next > Number(max) ? Number(max) - 1 : next);
  }
  const words = (shown === 'url' ? byType['url'] : byType[type]) ?? 'กาแฟเช้า';
  return value === words ? `${words} 2` : words;
}
