/** Crashes a page of the terminal, and reads on what its pages show: Playwright loses sight of them then. */
import type { TerminalProcess } from '#rig/terminal-process.ts';

/** What a page shows, read through main: a page that crashed is lost to whoever drove it. */
export function textOf(terminal: TerminalProcess, host: 'face' | 'desk'): Promise<string> {
  return terminal.app().evaluate(async ({ webContents }, wanted) => {
    const page = webContents.getAllWebContents().find((one) => one.getURL().startsWith(`app://${wanted}`));
    if (!page || page.isCrashed() || page.isLoading()) return '';
    // A page that crashes just then never answers.
    const gone = new Promise<string>((resolve) => setTimeout(() => resolve(''), 300));
    return Promise.race([page.executeJavaScript('document.body.innerText').then(String), gone]);
  }, host);
}

export function crash(terminal: TerminalProcess, host: 'face' | 'desk' | 'room/index'): Promise<void> {
  return terminal.app().evaluate(({ webContents }, wanted) => {
    const page = webContents.getAllWebContents().find((one) => one.getURL().startsWith(`app://${wanted}`));
    page?.forcefullyCrashRenderer();
  }, host);
}
