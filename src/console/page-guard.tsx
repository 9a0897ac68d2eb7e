/** What the person reads when a bug broke the page: a calm sentence and a way back to the visit, never a blank page. */
import { Component, type ReactNode } from 'react';
import { words } from './words/words.ts';

export class PageGuard extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    return (
      <main className="standalone">
        <div className="standalone-card" role="alert">
          <h1>{words.shell.crash}</h1>
          <p>{words.shell.crashNote}</p>
          <button type="button" className="button primary" onClick={() => location.reload()}>
            {words.shell.reload}
          </button>
        </div>
      </main>
    );
  }
}
