import './waiting.css';

/** Something is being fetched. Appears only after a moment, so that what is quick does not flicker. */
export function Waiting({ label }: { label: string }) {
  return (
    <div className="waiting" role="status">
      <span className="waiting-dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {label}
    </div>
  );
}
