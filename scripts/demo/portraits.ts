/** Two drawn people for the demo's cameras, as moving MJPEG files that Chromium takes for a camera. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

interface Portrait {
  readonly wall: string;
  readonly skin: string;
  readonly hair: string;
  readonly clothes: string;
  /** Paths drawn behind and before the head. */
  readonly behind: string;
  readonly before: string;
}

const FRAMES = 24;
const WIDTH = 1280;
const HEIGHT = 720;

const counsellor: Portrait = {
  wall: '#e9e2d4',
  skin: '#d8a27c',
  hair: '#3a2620',
  clothes: '#2f6b62',
  behind: '<path d="M480 300q-20-210 160-210t160 210l30 190q-190 70-380 0z" fill="#3a2620"/>',
  before: '<path d="M522 250q20-120 118-120t118 120q-40-60-118-70t-118 70z" fill="#3a2620"/>',
};

const resident: Portrait = {
  wall: '#dfe6e3',
  skin: '#e6bb9a',
  hair: '#c9c6c0',
  clothes: '#6a4a7a',
  behind: '<path d="M500 270q0-170 140-170t140 170l-6 60q-134 60-268 0z" fill="#c9c6c0"/>',
  before:
    '<path d="M526 240q14-100 114-100t114 100q-60-50-114-46t-114 46z" fill="#d9d6d0"/>' +
    '<g fill="none" stroke="#4a4038" stroke-width="6"><circle cx="594" cy="286" r="34"/><circle cx="686" cy="286" r="34"/><path d="M628 286h24"/></g>',
};

/** Writes counsellor.mjpeg and resident.mjpeg into the folder and returns their paths. */
export async function drawPortraits(folder: string): Promise<{ counsellor: string; resident: string }> {
  const write = async (name: string, portrait: Portrait) => {
    const file = join(folder, `${name}.mjpeg`);
    const frames: Buffer[] = [];
    for (let frame = 0; frame < FRAMES; frame += 1) {
      frames.push(
        await sharp(Buffer.from(draw(portrait, frame / FRAMES)))
          .jpeg({ quality: 85 })
          .toBuffer(),
      );
    }
    writeFileSync(file, Buffer.concat(frames));
    return file;
  };
  return { counsellor: await write('counsellor', counsellor), resident: await write('resident', resident) };
}

/** @param moment 0 to 1 of a loop in which the head sways, the mouth speaks and the eyes blink once. */
function draw({ wall, skin, hair, clothes, behind, before }: Portrait, moment: number): string {
  const sway = Math.sin(moment * 2 * Math.PI) * 8;
  const mouth = 8 + 10 * Math.abs(Math.sin(moment * 6 * Math.PI));
  const eye = moment > 0.9 ? 2 : 11;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">
    <rect width="${WIDTH}" height="${HEIGHT}" fill="${wall}"/>
    <rect x="930" y="80" width="230" height="300" rx="8" fill="#ffffff" opacity=".55"/>
    <rect x="110" y="150" width="210" height="16" fill="#00000018"/><rect x="130" y="90" width="26" height="60" fill="#a65f45"/>
    <rect x="160" y="100" width="22" height="50" fill="#4d7590"/><rect x="186" y="84" width="30" height="66" fill="#c7a04a"/>
    <g transform="translate(${sway} ${Math.abs(sway) / 3})">
      ${behind}
      <path d="M360 720q10-190 190-220l90-16 90 16q180 30 190 220z" fill="${clothes}"/>
      <path d="M590 420h100v80q-50 44-100 0z" fill="${skin}"/>
      <ellipse cx="640" cy="300" rx="118" ry="150" fill="${skin}"/>
      <g fill="${hair}"><rect x="566" y="238" width="56" height="9" rx="4"/><rect x="658" y="238" width="56" height="9" rx="4"/></g>
      <ellipse cx="594" cy="286" rx="11" ry="${eye}" fill="#2b2320"/><ellipse cx="686" cy="286" rx="11" ry="${eye}" fill="#2b2320"/>
      <path d="M640 296q16 34-6 44" fill="none" stroke="#00000033" stroke-width="7" stroke-linecap="round"/>
      <path d="M596 372q44 16 88 0q-6 ${20 + mouth} -44 ${20 + mouth}t-44 -${20 + mouth}z" fill="#8c3f3a"/>
      <g fill="#d9776a" opacity=".28"><circle cx="560" cy="350" r="24"/><circle cx="720" cy="350" r="24"/></g>
      ${before}
    </g></svg>`;
}
