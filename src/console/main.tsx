import '#shared/zod-without-eval.ts';
import '@fontsource/atkinson-hyperlegible/latin-400.css';
import '@fontsource/atkinson-hyperlegible/latin-700.css';
import '@fontsource/atkinson-hyperlegible/latin-ext-400.css';
import '@fontsource/atkinson-hyperlegible/latin-ext-700.css';
import './design/tokens.css';
import './design/base.css';
import './design/controls.css';
import './design/shell.css';
import './clerk/clerk.css';
import './counsellor/counsellor.css';
import './forms/fill.css';
import './counsellor/scan.css';
import './invited/invited.css';
import './letters/letter.css';
import './receipt/receipt.css';
import './signing/signing.css';
import './counsellor/own-test.css';
import './fleet/fleet.css';
import './appointments/appointments.css';
import './sheets/sheets.css';
import './parts/resident-paper.css';
import './questions/questions.css';
import './provider/provider.css';
import './counting/counting.css';
import './people/people.css';
import './data-protection/data.css';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { PageGuard } from './page-guard.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root');
createRoot(root).render(
  <PageGuard>
    <App />
  </PageGuard>,
);
