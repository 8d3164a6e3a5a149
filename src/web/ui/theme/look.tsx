import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import './mantine.css';
import './tokens.css';
import './print.css';
import '../form.css';
import { afterPaint } from '../../lib/after-paint.ts';
import { resolveVariables, theme } from './theme.ts';

const schemes = localStorageColorSchemeManager({ key: 'goalpost.scheme' });
const nonce = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';

/** The look of everything inside: theme, light and dark, and styles that the page's policy allows. */
export function Look({ children }: { children: ReactNode }) {
  // Our letters take the place of the device's own as soon as these can be read: they are not waited for.
  useEffect(() => afterPaint(() => void import('./fonts.css')), []);
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
