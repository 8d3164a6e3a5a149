import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react';
import type { EvidenceAddress } from '../lib/evidence.ts';
import { Figure } from './figure.tsx';
import { layTrend, type TrendInput, type TrendPoint } from './lay-trend.ts';
import { placeLabels } from './place-labels.ts';
import './trend-chart.css';

interface TrendChartProps extends TrendInput {
  /** What the drawing says, in a sentence. */
  label: string;
  targetLabel: string | null;
  projectedLabel: string | null;
  /** Words for the ends of the time axis. */
  fromLabel: string;
  toLabel: string;
  formatValue: (value: number) => string;
  /** What the points are called together. */
  pointsLabel: string;
  /** What the figure of a day was made of. */
  evidenceOf: (day: number) => EvidenceAddress;
  sayPoint: (point: TrendPoint) => string;
}

const height = 220;

/**
 * A line from start to deadline over a zero baseline, with the target as a level, the even path to it dashed, and a
 * hollow point where it would end at this pace. Days without a figure are gaps, not zeros.
 */
export function TrendChart(props: TrendChartProps) {
  const { label, targetLabel, projectedLabel, fromLabel, toLabel, formatValue } = props;
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(640);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(280, entry?.contentRect.width ?? 640)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const layout = layTrend(props, { width, height });
  const { segments, points, path, spots, target, projected, zero, last } = layout;
  const value = last ? formatValue(last.value) : null;
  const labels = placeLabels(layout, { target: targetLabel, value, projected: projectedLabel }, { width });
  return (
    <div className="trend" ref={frame}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        <line className="trend-zero" x1={0} x2={width} y1={zero} y2={zero} />
        {target === null ? null : (
          <>
            <line className="trend-target" x1={0} x2={width} y1={target} y2={target} />
            <text className="trend-target-label" x={0} y={target - 6}>
              {targetLabel}
            </text>
          </>
        )}
        {path ? <line className="trend-path" {...path} /> : null}
        {segments.map((d) => (
          <path key={d} className="trend-line" d={d} />
        ))}
        {points.map(({ x, y }) => (
          <circle key={x} className="trend-point" cx={x} cy={y} r={3} />
        ))}
        {projected ? <circle className="trend-projected" cx={projected.x} cy={projected.y} r={4.5} /> : null}
        {labels.projected ? (
          <text
            className="trend-note"
            x={labels.projected.x}
            y={labels.projected.y}
            textAnchor={labels.projected.anchor}
          >
            {projectedLabel}
          </text>
        ) : null}
        {labels.value ? (
          <text className="trend-value" x={labels.value.x} y={labels.value.y} textAnchor={labels.value.anchor}>
            {value}
          </text>
        ) : null}
        <text className="trend-axis" x={0} y={height - 4}>
          {fromLabel}
        </text>
        <text className="trend-axis" x={width} y={height - 4} textAnchor="end">
          {toLabel}
        </text>
      </svg>
      <TrendSpots {...props} spots={spots} />
    </div>
  );
}

type SpotsProps = Pick<TrendChartProps, 'pointsLabel' | 'evidenceOf' | 'sayPoint'> & {
  spots: ReturnType<typeof layTrend>['spots'];
};

/**
 * Each point as a figure of its day, over the drawing and as high as it. One of them is reached by the Tab key, the last
 * at first; the arrow keys lead to the others.
 */
function TrendSpots({ spots, pointsLabel, evidenceOf, sayPoint }: SpotsProps) {
  const list = useRef<HTMLFieldSetElement>(null);
  const [reached, setReached] = useState<number | null>(null);
  const at = Math.min(reached ?? spots.length - 1, spots.length - 1);
  const move = (event: KeyboardEvent) => {
    const steps: Record<string, number> = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      Home: 0,
      End: spots.length - 1,
    };
    const to = steps[event.key];
    if (to === undefined || to < 0 || to >= spots.length) return;
    event.preventDefault();
    setReached(to);
    list.current?.querySelectorAll('button')[to]?.focus();
  };
  return (
    <fieldset className="trend-spots" ref={list} onKeyDown={move}>
      <legend className="unseen">{pointsLabel}</legend>
      {spots.map(({ point, x, y, left, width }, index) => (
        <span key={point.day} className="trend-spot" style={{ left, width }}>
          <Figure of={evidenceOf(point.day)} className="trend-press" tabIndex={index === at ? 0 : -1}>
            <span className="trend-dot" style={{ left: x - left, top: y }} />
            <span className="trend-said" data-side={index > spots.length / 2 ? 'left' : 'right'}>
              {sayPoint(point)}
            </span>
          </Figure>
        </span>
      ))}
    </fieldset>
  );
}
