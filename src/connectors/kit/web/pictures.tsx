import type { Part } from '#contract/content.ts';
import type { PreviewProps } from '../preview.ts';

/** The pictures and videos of a part, at most as many as the network takes; what is missing is an empty frame. */
export function Pictures({
  part,
  media,
  max,
  className,
  pictureClassName,
}: {
  part: Part;
  media: PreviewProps['media'];
  max: number;
  className: string | undefined;
  pictureClassName: string | undefined;
}) {
  const shown = part.media.slice(0, max);
  if (shown.length === 0) return null;
  return (
    <div className={className} data-count={shown.length}>
      {shown.map(({ mediumId, alt }, position) => {
        const medium = media.get(mediumId);
        const key = `${position} ${mediumId}`;
        if (!medium) return <span className={pictureClassName} key={key} />;
        const { url, width, height, posterUrl } = medium;
        if (posterUrl) {
          return (
            // biome-ignore lint/a11y/useMediaCaption: what it says is in its description and in the post
            <video
              className={pictureClassName}
              key={key}
              src={url}
              poster={posterUrl}
              width={width}
              height={height}
              aria-label={alt}
              preload="metadata"
              controls
              playsInline
            />
          );
        }
        return <img className={pictureClassName} key={key} src={url} width={width} height={height} alt={alt} />;
      })}
    </div>
  );
}
