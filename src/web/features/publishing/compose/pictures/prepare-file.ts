/** What is sent of a chosen file: itself, or what this browser made of it. */
export interface PreparedFile {
  file: Blob;
  /** A still of a video, when the browser can play it. */
  poster: Blob | null;
}

/** Longest edge of a still in pixels. */
const posterPx = 1_280;
/** A video that shows nothing by then shows nothing. */
const stillWithinMs = 8_000;

/**
 * Makes a file ready to be sent. HEIC, which only some browsers can read, becomes a JPEG where this one can; the server
 * decides about it otherwise. Of a video a still is taken.
 */
export function prepareFile(file: Blob): Promise<PreparedFile> {
  // Sent again it must be the same, byte for byte, or it would be another upload under the same key.
  const known = prepared.get(file) ?? prepare(file);
  prepared.set(file, known);
  return known;
}

const prepared = new WeakMap<Blob, Promise<PreparedFile>>();

async function prepare(file: Blob): Promise<PreparedFile> {
  if (file.type.startsWith('video/')) return { file, poster: await takeStill(file).catch(() => null) };
  if (!(await isHeic(file))) return { file, poster: null };
  return { file: (await asJpeg(file).catch(() => null)) ?? file, poster: null };
}

/** Whether a file begins as HEIC does, whatever it is called. */
export async function isHeic(file: Blob): Promise<boolean> {
  const head = new TextDecoder('latin1').decode(await file.slice(4, 32).arrayBuffer());
  return head.startsWith('ftyp') && /hei[cxms]|hevc|mif1|msf1/.test(head);
}

/** Drawn anew, upright and without what the camera wrote into it. */
async function asJpeg(file: Blob): Promise<Blob | null> {
  const picture = await createImageBitmap(file);
  try {
    return await draw(picture, picture.width, picture.height);
  } finally {
    picture.close();
  }
}

/** A second in, or in the middle of what is shorter: the first picture of many is black. */
async function takeStill(file: Blob): Promise<Blob | null> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.preload = 'auto';
  const address = URL.createObjectURL(file);
  try {
    await reach(video, 'loadeddata', () => {
      video.src = address;
    });
    const length = Number.isFinite(video.duration) ? video.duration : 0;
    await reach(video, 'seeked', () => {
      video.currentTime = Math.min(1, length / 2);
    });
    const share = Math.min(1, posterPx / Math.max(video.videoWidth, video.videoHeight));
    return await draw(video, Math.round(video.videoWidth * share), Math.round(video.videoHeight * share));
  } finally {
    video.removeAttribute('src');
    URL.revokeObjectURL(address);
  }
}

function reach(video: HTMLVideoElement, event: 'loadeddata' | 'seeked', begin: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('took too long')), stillWithinMs);
    const arrive = () => {
      clearTimeout(timer);
      resolve();
    };
    video.addEventListener(event, arrive, { once: true });
    video.addEventListener('error', () => reject(new Error('cannot be played')), { once: true });
    begin();
  });
}

function draw(source: CanvasImageSource, width: number, height: number): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const pen = canvas.getContext('2d');
  if (!pen || width === 0 || height === 0) return Promise.resolve(null);
  pen.fillStyle = 'white';
  pen.fillRect(0, 0, width, height);
  pen.drawImage(source, 0, 0, width, height);
  return new Promise((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', 0.92);
  });
}
