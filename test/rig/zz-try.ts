import { startDisplays } from './displays.ts';

const d = await startDisplays();
console.log(d.display);
setInterval(async () => {
  await d.screenshot('/tmp/try/screen.png').catch((e) => console.log(e));
}, 4000);
setTimeout(() => d.close().then(() => process.exit(0)), 240000);
