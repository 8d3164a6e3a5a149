/** A web address as a person writes it, made whole: `bakery.example/menu` becomes `https://bakery.example/menu`. */
export function completeAddress(text: string): string {
  const trimmed = text.trim();
  const hasHost = /^[^\s/:]+\.[^\s/]{2,}/.test(trimmed);
  return hasHost && !/^[a-z][a-z0-9+.-]*:/i.test(trimmed) ? `https://${trimmed}` : trimmed;
}
