/** Where the counsellor is in a document being filled: page, tool, field. Lost with the panel, unlike the draft. */
import { useState } from 'react';

export const TOOLS = ['field', 'text', 'tick', 'highlight', 'point', 'sign'] as const;
export type Tool = (typeof TOOLS)[number];

export interface FillView {
  /** From 1. */
  readonly page: number;
  readonly tool: Tool;
  /** A field's name or a laid mark's id. */
  readonly focus: string | null;
  readonly pointer: { readonly x: number; readonly y: number } | null;
  readonly zoomed: boolean;
}

export function useFillView(hasFields: boolean): [FillView, (change: Partial<FillView>) => void] {
  const [view, setView] = useState<FillView>({
    page: 1,
    tool: hasFields ? 'field' : 'text',
    focus: null,
    pointer: null,
    zoomed: false,
  });
  return [view, (change) => setView((before) => ({ ...before, ...change }))];
}
