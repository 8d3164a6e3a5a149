import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import './mantine.css';
import './fonts.css';
import './tokens.css';
import './print.css';
import '../form.css';
import { resolveVariables, theme } from './theme.ts';

const schemes = localStorageColorSchemeManager({ key: 'goalpost.scheme' });
const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';

/** The look of everything inside: theme, light and dark, and styles that the page's policy allows. */
export function Look({ children }: { children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      colorSchemeManager={schemes}
      defaultColorScheme="auto"
      getStyleNonce={() => nonce}
    >
      {children}
    </MantineProvider>
  );
}
