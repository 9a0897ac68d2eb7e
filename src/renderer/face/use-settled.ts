/**
 * Holds a screen back that would only flash by: a counsellor who is picked up and seen within a second needs no page in
 * between that says so.
 */
import { useEffect, useRef, useState } from 'react';
import type { FaceStage } from '#shared/ipc.ts';

/** ms for which what was shown before stays. */
const FLASH = 1_200;

/** The stage to show: the one before while a call is only being joined, for as long as a flash would last. */
export function useSettled(at: FaceStage): FaceStage {
  const [shown, setShown] = useState(at);
  const held = isJoining(at) && isInQueue(shown);
  const newest = useRef(at);
  newest.current = at;
  useEffect(() => {
    if (!held) setShown(at);
  }, [held, at]);
  // What main says again and again in the meantime does not make it longer.
  useEffect(() => {
    if (!held) return undefined;
    const timer = setTimeout(() => setShown(newest.current), FLASH);
    return () => clearTimeout(timer);
  }, [held]);
  return held ? shown : at;
}

function isInQueue({ stage }: FaceStage): boolean {
  return stage === 'announced' || stage === 'welcomed' || stage === 'waiting';
}

function isJoining(at: FaceStage): boolean {
  return (
    at.stage === 'inCall' && at.call === 'connecting' && at.counsellorPresent && at.guest.residentPresent
  );
}
