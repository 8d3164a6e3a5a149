/** The one stylesheet of the network's pages. */
export const stylesheet = `:root { color-scheme: light dark; --quiet: light-dark(#4a5665, #a9b6c5); --line: light-dark(#d4dbe2, #2e3d4f); }
body { margin: 0 auto; max-width: 44rem; padding: 1rem; font: 1rem/1.7 system-ui, "Noto Sans Thai", sans-serif; overflow-wrap: anywhere; }
header { display: flex; justify-content: space-between; gap: 1rem; padding-bottom: .75rem; border-bottom: 1px solid var(--line); }
article { padding-block: 1rem; border-bottom: 1px solid var(--line); }
.quiet, .quiet a { color: var(--quiet); font-size: .9rem; }
.text { white-space: pre-wrap; margin-block: .5rem; }
img, video { max-width: 100%; height: auto; border-radius: .5rem; }
.link { border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .75rem; }
form { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: end; margin-block: 1rem; }
form.one { display: inline-flex; margin: 0 .25rem; }
label { display: grid; }
input, select, button { font: inherit; min-height: 2.5rem; padding: .25rem .5rem; }
ul { padding-inline-start: 1.25rem; }
`;
