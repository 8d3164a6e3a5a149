/** A web address in the letters people read. */
export function showAddress(address: string): string {
  try {
    return decodeURI(address).replace('%40', '@');
  } catch {
    return address;
  }
}
