import type { Routes } from '#server/platform/context/index.ts';
import { examine } from './examine.ts';
import { getInstallation, updateInstallation } from './get-installation.ts';
import { sendTestMail } from './send-test-mail.ts';

export const operatorRoutes = {
  operator: { get: getInstallation, update: updateInstallation, testMail: sendTestMail, doctor: examine },
} satisfies Routes<'operator'>;
