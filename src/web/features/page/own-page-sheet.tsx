import { ActionIcon, Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { shapePhoneUrl } from '#contract/contact.ts';
import type { OwnPage } from '#contract/page.ts';
import { api } from '../../lib/api.ts';
import { completeAddress } from '../../lib/complete-address.ts';
import { readProblems } from '../../lib/read-problems.ts';
import { useFormat } from '../../lib/use-format.ts';
import { useMay, useWorkspace } from '../../lib/workspace.tsx';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { TextField, TextsField } from '../../ui/fields.tsx';
import { Figure } from '../../ui/figure.tsx';
import { Form } from '../../ui/form.tsx';
import { IconExternal, IconPlus, IconTrash } from '../../ui/icons.ts';
import { ReachNotice } from '../../ui/reach-notice.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { showToast } from '../../ui/toasts.tsx';
import { Waiting } from '../../ui/waiting.tsx';

/** The own page: its words, its links, and how often it was seen. */
export function OwnPageSheet() {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const format = useFormat();
  const { data, error, refetch } = useQuery(api.page.get.queryOptions({ input: { workspaceId } }));
  if (error) return <FailureNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <Waiting label={t('app.loading')} />;
  const { views28, clicks28 } = data;
  return (
    <Sheet
      title={t('ownPage.title')}
      aside={
        <a className="quiet-link" href={data.url} target="_blank" rel="noreferrer">
          {t('ownPage.visit')}
          <IconExternal size={16} />
        </a>
      }
    >
      <ReachNotice address={data.url} />
      {views28 === null || clicks28 === null ? (
        <p className="form-hint">{t('ownPage.noFiguresYet')}</p>
      ) : (
        <p className="form-hint figures">
          {t('ownPage.last28')}
          <Figure of={{ kind: 'page', what: 'views', span: null, deliveryId: null }}>
            {t('ownPage.views', { count: views28, number: format.number(views28) })}
          </Figure>
          <Figure of={{ kind: 'page', what: 'clicks', span: null, deliveryId: null }}>
            {t('ownPage.clicks', { count: clicks28, number: format.number(clicks28) })}
          </Figure>
        </p>
      )}
      <OwnPageForm key={data.revision} page={data} />
    </Sheet>
  );
}

/** What somebody wrote to be pressed: a telephone number, or else a web address. */
const completeLink = (text: string): string => shapePhoneUrl(text.replace(/^tel:/, '')) ?? completeAddress(text);

function OwnPageForm({ page }: { page: OwnPage }) {
  const { t } = useTranslation();
  const { id: workspaceId } = useWorkspace();
  const queries = useQueryClient();
  const mayChange = useMay('page.update');
  const [title, setTitle] = useState(page.title);
  const [about, setAbout] = useState(page.about);
  const [links, setLinks] = useState(page.links);
  const saving = useMutation(
    api.page.update.mutationOptions({
      onSuccess: async () => {
        await queries.invalidateQueries({ queryKey: api.page.key() });
        showToast({ text: t('app.saved') });
      },
    }),
  );
  const problems = readProblems(saving.error);
  const setLink = (index: number, part: Partial<OwnPage['links'][number]>) =>
    setLinks((all) => all.map((it, at) => (at === index ? { ...it, ...part } : it)));
  const submit = () => {
    const whole = links.map((it) => ({ ...it, url: completeLink(it.url) }));
    saving.mutate({ workspaceId, revision: page.revision, title: title.trim(), about, links: whole });
  };
  return (
    <Form onSubmit={submit}>
      <fieldset className="form form-plain" disabled={!mayChange}>
        <TextField
          label={t('ownPage.form.title')}
          required
          maxLength={100}
          error={problems['title']}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <TextsField
          label={t('ownPage.form.about')}
          description={t('ownPage.form.aboutHint')}
          rows={3}
          maxLength={2000}
          error={problems['about']}
          value={about}
          onChange={(event) => setAbout(event.currentTarget.value)}
        />
        <fieldset className="form-rows">
          <legend>{t('ownPage.form.links')}</legend>
          <p className="form-hint">{t('ownPage.form.linksHint')}</p>
          {links.map((link, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the rows have no identity but their place
            <div className="form-row" key={index}>
              <TextField
                aria-label={t('ownPage.form.linkLabel', { number: index + 1 })}
                placeholder={t('ownPage.form.linkLabelExample')}
                required
                maxLength={100}
                error={problems[`links.${index}.label`]}
                value={link.label}
                onChange={(event) => setLink(index, { label: event.currentTarget.value })}
              />
              <TextField
                aria-label={t('ownPage.form.linkAddress', { number: index + 1 })}
                placeholder="https://"
                inputMode="url"
                required
                maxLength={2000}
                error={problems[`links.${index}.url`]}
                value={link.url.replace(/^tel:/, '')}
                onChange={(event) => setLink(index, { url: event.currentTarget.value })}
                onBlur={() => setLink(index, { url: completeLink(link.url) })}
              />
              <ActionIcon
                aria-label={t('ownPage.form.linkRemove', { number: index + 1 })}
                onClick={() => setLinks((all) => all.filter((_, at) => at !== index))}
              >
                <IconTrash size={18} />
              </ActionIcon>
            </div>
          ))}
          <div>
            <Button
              variant="subtle"
              className="flush"
              leftSection={<IconPlus size={18} />}
              onClick={() => setLinks((all) => [...all, { label: '', url: '' }])}
            >
              {t('ownPage.form.linkAdd')}
            </Button>
          </div>
        </fieldset>
        {saving.error ? <FailureNotice error={saving.error} /> : null}
        {mayChange ? (
          <div>
            <Button type="submit" variant="default" loading={saving.isPending}>
              {t('app.save')}
            </Button>
          </div>
        ) : null}
      </fieldset>
    </Form>
  );
}
