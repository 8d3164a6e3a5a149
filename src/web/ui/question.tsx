import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import './lines.css';

interface QuestionProps {
  title: string;
  /** What follows from a yes. */
  text: string;
  yes: string;
  no: string;
  onYes: () => Promise<unknown>;
  onClose: () => void;
}

/** A question before what cannot be undone, with what follows from it; takes the focus where it stands. */
export function Question({ title, text, yes, no, onYes, onClose }: QuestionProps) {
  const [isBusy, setBusy] = useState(false);
  const place = useRef<HTMLFieldSetElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <fieldset ref={place} tabIndex={-1} className="question">
      <legend>{title}</legend>
      <p>{text}</p>
      <div className="form-actions">
        <Button
          color="red"
          loading={isBusy}
          onClick={() => {
            setBusy(true);
            void onYes().finally(() => {
              setBusy(false);
              onClose();
            });
          }}
        >
          {yes}
        </Button>
        <Button variant="default" disabled={isBusy} onClick={onClose}>
          {no}
        </Button>
      </div>
    </fieldset>
  );
}
