/** Network → capability → what was found, or is expected. */
export type Standing = Record<string, Record<string, 'pass' | 'fail' | 'absent'>>;

/**
 * What is wrong with a run, measured by what is expected of it: each failure, each capability that is missing although it
 * is expected, and each that is there although nobody wrote it down. Empty is well.
 */
export function holdToExpected(found: Standing, expected: Standing): string[] {
  const complaints: string[] = [];
  for (const network of Object.keys({ ...expected, ...found }).sort()) {
    const [has, should] = [found[network], expected[network]];
    if (!has) complaints.push(`${network}: it is expected and was not tried`);
    else if (!should) complaints.push(`${network}: nothing is written down about it`);
    if (!has || !should) continue;
    for (const capability of Object.keys({ ...should, ...has })) {
      const [state, wanted] = [has[capability], should[capability]];
      const about = `${network}: ${capability}`;
      if (state === 'fail') complaints.push(`${about} fails`);
      else if (state === undefined) complaints.push(`${about} is expected and was not tried`);
      else if (wanted === undefined) complaints.push(`${about} is not written down (found: ${state})`);
      else if (wanted !== state) complaints.push(`${about} should be ${wanted} and is ${state}`);
    }
  }
  return complaints;
}
