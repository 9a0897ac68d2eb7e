/** Writes the table of what is kept (src/hub/retention) into docs/rgpd.md, between its marks. */
import { readFileSync, writeFileSync } from 'node:fs';
import { registerTable } from '../src/hub/retention/retention.ts';

const file = new URL('../docs/rgpd.md', import.meta.url);
const marks = /(?<=<!-- registre -->\n)[\s\S]*?(?=\n<!-- fin du registre -->)/;
writeFileSync(file, readFileSync(file, 'utf8').replace(marks, registerTable));
