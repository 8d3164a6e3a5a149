import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import { createElement } from 'react';
import { IconSwitch } from '../icons.ts';

const petrol: MantineColorsTuple = [
  '#e8f4f7',
  '#d2e6ec',
  '#a3cdd9',
  '#7cc4d6',
  '#4a9cb4',
  '#318ea9',
  '#1d7f9b',
  '#14708a',
  '#0f5f73',
  '#0a4a5b',
];

const fieldSize = { defaultProps: { size: 'md' } };

/** Paper-like surfaces, one accent, controls large enough for a thumb. Colours come from tokens.css. */
export const theme = createTheme({
  colors: { petrol },
  primaryColor: 'petrol',
  primaryShade: { light: 8, dark: 3 },
  fontFamily: '"Noto Sans", "Noto Sans Thai", system-ui, sans-serif',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '1.3' },
      h2: { fontSize: '1.25rem', lineHeight: '1.4' },
      h3: { fontSize: '1.0625rem', lineHeight: '1.45' },
    },
  },
  lineHeights: { md: '1.6' },
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: fieldSize,
    ActionIcon: { defaultProps: { size: 40, variant: 'subtle', color: 'gray' } },
    TextInput: fieldSize,
    Textarea: fieldSize,
    PasswordInput: fieldSize,
    NativeSelect: { defaultProps: { size: 'md', rightSection: createElement(IconSwitch, { size: 18 }) } },
    Checkbox: fieldSize,
    Radio: fieldSize,
  },
});

const surfaces = {
  '--mantine-color-body': 'var(--paper)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-quiet)',
  '--mantine-color-default': 'var(--sheet)',
  '--mantine-color-default-hover': 'var(--sheet-quiet)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-placeholder': 'var(--ink-quiet)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-error': 'var(--bad)',
  '--mantine-color-gray-light-color': 'var(--ink-quiet)',
  '--mantine-color-gray-light-hover': 'var(--sheet-quiet)',
};

/** Hands our tokens to Mantine's own variables, the same names in light and dark. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: { '--mantine-line-height': '1.6' },
  light: surfaces,
  dark: surfaces,
});
