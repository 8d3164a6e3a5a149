import { keepShare } from '../share-store.ts';

/** Keeps what another app handed over, on this device, and leads to the screen that makes a draft of it. */
export async function takeShare(request: Request): Promise<Response> {
  const form = await request.formData();
  const word = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  const id = await keepShare({
    title: word('title'),
    text: word('text'),
    link: word('url'),
    pictures: form.getAll('pictures').filter((it) => it instanceof File),
  });
  return Response.redirect(`/share?kept=${id}`, 303);
}
