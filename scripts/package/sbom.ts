/** The software bill of materials, CycloneDX 1.5 as npm writes it, with what does not come from npm's dependencies. */
import { z } from 'zod';
import { root } from '../check/step.ts';
import { runProgram } from '../setup/run-program.ts';
import { installedVersion } from './runtime-revision.ts';

const npmSbom = z.looseObject({ components: z.array(z.looseObject({ name: z.string() })) });

/** @param electron the version that is packed. @returns JSON. */
export function softwareBill(electron: string): string {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'application', '--omit', 'dev'];
  const bill = npmSbom.parse(JSON.parse(runProgram('npm', args, root)));
  const runtime = (name: string, version: string, purl: string) => ({
    type: 'platform',
    'bom-ref': `${name}@${version}`,
    name,
    version,
    licenses: [{ license: { id: 'MIT' } }],
    purl,
  });
  const node = installedVersion('node');
  const platforms = [
    runtime('electron', electron, `pkg:github/electron/electron@v${electron}`),
    runtime('node', node, `pkg:github/nodejs/node@v${node}`),
  ];
  return `${JSON.stringify({ ...bill, components: [...bill.components, ...platforms] }, null, 2)}\n`;
}
