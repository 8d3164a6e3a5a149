import {
  createContext,
  type FormEvent,
  type ReactNode,
  useCallback,
  useContext,
  useId,
  useLayoutEffect,
  useMemo,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { Said, useSayAtField } from './said-at-fields.ts';

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
type FaultWords = (field: Field) => string | null;

const Faults = createContext<Readonly<Record<string, string>>>({});

interface FormProps {
  className?: string;
  /** Runs when every field holds what it asks for. */
  onSubmit: () => void;
  children: ReactNode;
}

/**
 * A form that says itself what is missing, at the field and in the reader's language, instead of leaving it to the
 * browser's bubbles. Works with the fields of fields.tsx, which ask `useFault`.
 */
export function Form({ className, onSubmit, children }: FormProps) {
  const say = useFaultWords();
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const [words, setWords] = useState<readonly string[]>([]);
  const sayAtField = useCallback((said: string) => {
    setWords((all) => [...all, said]);
    return () => setWords((all) => all.toSpliced(all.indexOf(said), 1));
  }, []);
  const said = useMemo(() => ({ words, say: sayAtField }), [words, sayAtField]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    event.stopPropagation();
    const wrong = [...event.currentTarget.elements].filter(isField).flatMap((field) => {
      const words = field.willValidate ? say(field) : null;
      return words === null ? [] : [{ field, words }];
    });
    setFaults(Object.fromEntries(wrong.map(({ field, words }) => [field.name, words])));
    const [first] = wrong;
    if (first) reveal(first.field);
    else onSubmit();
  };
  const forget = ({ target }: FormEvent) => {
    if (!isField(target) || !(target.name in faults)) return;
    const { [target.name]: _, ...others } = faults;
    setFaults(others);
  };
  return (
    <Faults value={faults}>
      <Said value={said}>
        <form noValidate className={className} onSubmit={submit} onInput={forget}>
          {children}
        </form>
      </Said>
    </Faults>
  );
}

/** A field's name, and what is wrong with it: what the form found before sending, else what the server said. */
export function useFault<E>(given: { name?: string | undefined; error?: E }): { name: string; error: E | string } {
  const id = useId();
  const name = given.name ?? id;
  const error = useContext(Faults)[name] ?? (given.error as E);
  const isWrong = Boolean(error);
  useSayAtField(error);
  useLayoutEffect(() => {
    if (isWrong) for (const field of document.getElementsByName(name)) unfold(field);
  }, [isWrong, name]);
  return { name, error };
}

function useFaultWords(): FaultWords {
  const { t } = useTranslation();
  return (field) => {
    const { validity } = field;
    if (validity.customError) return field.validationMessage;
    if (validity.badInput) return t(field.type === 'number' ? 'fields.number' : 'fields.date');
    if (field.required && field.value.trim() === '') return t('fields.required');
    if (field.value === '') return null;
    if (field instanceof HTMLSelectElement) return null;
    // Counted here: the browser's own judgement covers only what was typed by hand.
    if (field.minLength > 0 && field.value.length < field.minLength)
      return t('fields.tooShort', { min: field.minLength });
    if (validity.typeMismatch) return t(field.type === 'email' ? 'fields.email' : 'fields.address');
    if (field instanceof HTMLTextAreaElement) return null;
    if (validity.rangeUnderflow)
      return field.type === 'date' ? t('fields.tooEarly') : t('fields.tooSmall', { min: field.min });
    if (validity.rangeOverflow) return t('fields.tooLarge', { max: field.max });
    if (validity.patternMismatch) return field.title || t('fields.invalid');
    return validity.valid ? null : t('fields.invalid');
  };
}

/** Whether the form has just said what is wrong with the field of that name. */
export const useIsFaulty = (name: string): boolean => name in useContext(Faults);

/** Gives a field words for what no browser judges; empty while nothing is wrong. The form says them like its own. */
export function useJudged(words: string): (field: Field | null) => void {
  return useCallback((field: Field | null) => field?.setCustomValidity(words), [words]);
}

const isField = (element: unknown): element is Field =>
  element instanceof HTMLInputElement || element instanceof HTMLSelectElement || element instanceof HTMLTextAreaElement;

/** Brings a field to the eye and under the fingers, also out of what is folded away. */
function reveal(field: Field): void {
  unfold(field);
  field.focus();
}

function unfold(element: Element): void {
  for (let fold = element.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) {
    fold.open = true;
  }
}
