import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { app } from 'electron';
import { documentLimits, paperConfig } from './contract.ts';
import { createPaperLink } from './paper-link.ts';
import { spawnUtility } from './spawn-utility.ts';
import { createTmpfsFolder } from './tmpfs-folder.ts';
await app.whenReady();
console.log('ready', process.versions.electron);
const folder = await createTmpfsFolder({parent:'/dev/shm'});
const doc=await PDFDocument.create(); doc.addPage([595,842]).drawText('Bonjour',{x:50,y:700,size:60}); await doc.attach(new Uint8Array(randomBytes(1_000_000)),'r.bin'); const pdf=new Uint8Array(await doc.save());
const waits=new Map<string,(s:any)=>void>();
const link=createPaperLink({spawn:spawnUtility(join(import.meta.dirname,'paper-process.js'),process.env),config:paperConfig.parse({folder:folder.path,limits:documentLimits.parse({}),printer:{driver:'simulated',simulatedPageMs:50},scanner:{driver:'simulated'}}),
 onStatus:(id,s)=>waits.get(id)?.(s), onWant:w=>link.range({documentId:w.documentId,offset:w.offset,payload:pdf.slice(w.offset,w.offset+w.length)}), onDied:r=>console.log('died',r)});
const order=(request:any)=>{const orderId=randomUUID();const t=performance.now();return new Promise<any>(res=>{waits.set(orderId,s=>{if(s.status==='done'||s.status==='failed')res([performance.now()-t,JSON.stringify(s)]);});link.order({orderId,visitId:randomUUID(),deadline:0,request});});};
const documentId=randomUUID();
console.log('take',...await order({kind:'take',documentId,size:pdf.length,sha256:createHash('sha256').update(pdf).digest('hex')}));
for(let i=0;i<3;i++){const t=performance.now();const d=await link.draw(documentId,1,1500,2000);console.log('draw',(performance.now()-t).toFixed(0),d.ok&&d.value.bytes.length);if(d.ok)writeFileSync('/tmp/paperwork/drawn.png',d.value.bytes);}
console.log('print',...await order({kind:'print',documentId,copies:1}));
console.log('scan',...await order({kind:'scan',source:'flatbed',mode:'colour',resolution:300}));
let t=performance.now(); await link.stop(); console.log('stop',performance.now()-t); t=performance.now(); await link.kill(); console.log('kill',performance.now()-t); await folder.remove();
app.exit(0);
