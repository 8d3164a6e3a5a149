import { Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type Rest = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof ButtonProps | 'style'> & {
  ref?: Ref<HTMLAnchorElement>;
};

/** A link to another screen that looks like a button. */
export const LinkButton = createLink((props: ButtonProps & Rest) => <Button component="a" {...props} />);
