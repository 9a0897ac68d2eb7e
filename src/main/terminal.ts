/** One terminal: its visit, its screens, its devices and its hub, wired together. The data flow is in this file. */
import { join } from 'node:path';
import type { WebContents } from 'electron';
import { assertNever } from '#shared/assert-never.ts';
import type { HubToTerminal } from '#shared/protocol/messages.ts';
import type { SignedWipeReport, TerminalReport } from '#shared/protocol/terminal-report.ts';
import type { TerminalVisit, VisitEndReason } from '#shared/protocol/views.ts';
import { roomViewShows } from '#shared/screen-places.ts';
import { guestOf, initialVisitState, type VisitState } from '#shared/visit-state.ts';
import { wipeMessage } from '#shared/wipe-proof.ts';
import { aimRefusal } from './aim-refusal.ts';
import type { TerminalConfiguration } from './configuration.ts';
import { createDesk } from './desk.ts';
import { createDevices } from './devices.ts';
import { createHardware } from './hardware.ts';
import { connectToHub, type HubLink } from './hub-link.ts';
import type { Identity } from './identity.ts';
import type { Log } from './log.ts';
import { createOrderDesk } from './order-desk.ts';
import { openOrderJournal } from './order-journal.ts';
import { type SandboxNetwork, sandboxNetwork } from './pages/sandbox.ts';
import { stayAwake } from './power.ts';
import { listenToPage, sendToPage } from './screen-link.ts';
import { faceStageOf, screenViewOf } from './screen-view.ts';
import type { Screens } from './screens.ts';
import type { SelfViewMode } from './self-camera.ts';
import { createSelfTest } from './self-test.ts';
import { createSelfTests } from './self-tests.ts';
import { createShots } from './shots.ts';
import { createSubtitles } from './subtitles.ts';
import { createVisitDocuments } from './visit-documents.ts';
import { createVisitPaper } from './visit-paper.ts';
import { createVisitRoom } from './visit-room.ts';
import { createVisitRunner, type OutwardEffect } from './visit-runner.ts';
import { sendBlanks } from './wipe/blank-messages.ts';
import { openMainMemory } from './wipe/main-memory.ts';
import { openUnwipedMark } from './wipe/unwiped-mark.ts';
import { wipe } from './wipe/wipe.ts';
import { wipeTargets } from './wipe/wipe-targets.ts';

export interface TerminalOptions {
  readonly configuration: TerminalConfiguration;
  readonly identity: Identity;
  /** Open already: their processes start while this module is loaded. */
  readonly screens: Screens;
  readonly version: string;
  /** Folder of the build (renderer/, preload/, main/). */
  readonly dist: string;
  /** The Node program for the paper process. */
  readonly node: string;
  /** The terminal's own folder on disk: order journal, mark of a failed wipe. */
  readonly dataFolder: string;
  readonly log: Log;
}

/** ms. How long a visit cut off by a restart waits for the hub before it is wiped. */
const INTERRUPTED_PATIENCE = 60_000;
/** ms. A face that has not painted by then keeps the desk and the devices waiting no longer. */
const FACE_FIRST = 2_000;

/** Returns a function that ends everything that was started. */
export function startTerminal(options: TerminalOptions): () => void {
  const { configuration, identity, screens, version, dist, node, dataFolder, log } = options;
  const unwiped = openUnwipedMark(join(dataFolder, 'unwiped'));
  /** Visits ended here of which the hub may not have heard. */
  const endedHere = new Map<string, VisitEndReason>();
  /** What the hub last said, for when the terminal is free to look at it. */
  let lastSeen: TerminalVisit | null = null;
  let lastWipe: SignedWipeReport | null = null;
  let hub: HubLink | null = null;
  /** Of the face page: who greets a resident by name can read it, this process cannot. */
  let greetingKey: string | null = null;
  let pdfNetwork: SandboxNetwork | null = null;

  const visit = createVisitRunner({
    initial: initialVisitState,
    perform,
    onState: settle,
  });
  const memory = openMainMemory(() => eachScreen((page, screen) => sendBlanks(page, screen)));
  const devices = createDevices((report, changed) => {
    if (changed === 'printer' || changed === 'scanner') {
      const device = report[changed];
      const code = device.state === 'trouble' ? (device.reasons[0] ?? null) : null;
      visit.dispatch({ type: 'trouble', device: changed, code });
    }
    renew();
  });
  const desk = createDesk(() => renewScreens());
  screens.attach({ picture: desk.picture, onLayout: noteLayout });
  const paper = createVisitPaper({
    configuration,
    dist,
    node,
    log,
    onStatus: (orderId, status) => orders.follow(orderId, status),
    onWant: (want) => documents.say({ type: 'document.want', ...want }),
    onVisitKey: (publicKey) => documents.setKey(publicKey),
    onCheckCode: (code) => documents.setCheckCode(code),
    onLive(live) {
      if (live) memory.note(live);
      desk.setLive(live);
    },
    onSay: (message) => documents.say(message),
    onScanning: (scanning) => hardware.setScanning(scanning),
    onGivenUp: (code) => orders.failAll(code),
  });
  const journal = openOrderJournal(join(dataFolder, 'orders'));
  const orders = createOrderDesk({
    desk,
    journal,
    visitId: () => guestOf(visit.state().at)?.visitId ?? null,
    subtitles(on) {
      if (!room.setSubtitles(on)) return 'subtitlesNotOffered';
      subtitles.set(on);
      return null;
    },
    shots: {
      begin: (aim) => shots.begin(aim),
      shoot: (aim) => shots.shoot(aim),
      ended: (aim, status) => shots.ended(aim, status),
    },
    paper: paper.ready,
    tell: (orderId, status) => hub?.tell({ type: 'order.status', orderId, status }),
  });
  const shots = createShots({
    refusal: () => aimRefusal(visit.state(), devices.report().camera),
    recipient: () => documents.visitKey()?.publicKey ?? null,
    take: (aim, recipient) => room.self.shoot(aim, recipient),
    tell(aim, result) {
      if (result.ok) memory.note(result.value);
      paper.link()?.shot(aim, result);
    },
    onChange: () => renewScreens(),
  });
  const documents = createVisitDocuments({
    identity,
    visitId: () => guestOf(visit.state().at)?.visitId ?? null,
    paper: paper.link,
    hub: () => hub,
    onChange: () => renew(),
  });
  const subtitles = createSubtitles(() => renewScreens());
  const room = createVisitRoom({
    face: screens.face,
    desk: screens.desk,
    dist,
    devices: configuration.media,
    displayName: configuration.commune.name,
    log,
    dispatch: (event) => visit.dispatch(event),
    onCompany: () => renewScreens(),
    onSaid: subtitles.heard,
    onLine: () => settle(visit.state()),
    onCamera: {
      onReady: () => shots.ready(),
      onShot: (aim, shot) => shots.brought(aim, shot),
      onFailed: (aim) => shots.failed(aim),
    },
    roundTrip: () => hub?.roundTrip() ?? null,
    onDrift(origin, missing) {
      const visitId = guestOf(visit.state().at)?.visitId;
      if (visitId) hub?.say({ type: 'room.drift', visitId, origin, missing });
    },
  });
  const hardware = createHardware({
    configuration,
    dist,
    log,
    devices,
    onPress: () => visit.dispatch({ type: 'buttonPressed' }),
    onPrinterKnown: () => renew(),
  });
  const selfTests = createSelfTests({
    create: (events) => createSelfTest({ dist, devices: configuration.media, log, ...events }),
    time: configuration.selfTest.time,
    file: join(dataFolder, 'self-test-day'),
    onChange: () => renew(),
    tell: (result) => hub?.tell({ type: 'selfTest', result }),
  });
  const targets = wipeTargets({
    room,
    paper,
    printer: hardware.printer,
    desk,
    subtitles,
    screens,
    shots,
    clearOrders: orders.clear,
    jobNames: journal.begun,
    memory,
    memoryFolder: configuration.memoryFolder,
    // Other programs run them, so they lie beside the archive (electron-builder.yml, asarUnpack).
    programs: join(dist, 'main').replace('app.asar', 'app.asar.unpacked'),
  });

  function noteLayout(): void {
    const alone = screens.layout()?.shared ?? true;
    devices.set('displays', alone ? { state: 'trouble', reasons: ['displayAbsent'] } : { state: 'ready' });
    renewScreens();
  }

  function perform(effect: OutwardEffect): void {
    switch (effect.type) {
      case 'prepare':
        unwiped.set(effect.visitId);
        paper.prepare();
        break;
      case 'warmRoom':
        room.warm(effect.origin);
        break;
      case 'joinRoom':
        room.join(effect.room);
        break;
      case 'leaveRoom':
        room.leave();
        break;
      case 'tellTrouble': {
        const { visitId, origin, what } = effect;
        hub?.say({ type: 'room.trouble', visitId, origin, room: effect.room, what });
        break;
      }
      case 'stop':
        room.leave();
        void paper.stop().then(() => visit.dispatch({ type: 'stopped' }));
        break;
      case 'endAtHub':
        endedHere.set(effect.visitId, effect.reason);
        hub?.tell({ type: 'visit.end', visitId: effect.visitId, reason: effect.reason });
        break;
      case 'wipe':
        void runWipe();
        break;
      default:
        assertNever(effect);
    }
  }

  async function runWipe(): Promise<void> {
    // The hub may be away and never say that it is over.
    if (lastSeen?.visitId === unwiped.visitId()) lastSeen = null;
    const report = await wipe(targets, unwiped.visitId(), log);
    log.info({
      event: 'wipe',
      ok: report.ok,
      left: report.checked.filter((check) => !check.ok).map(({ name }) => name),
    });
    if (report.ok) unwiped.clear();
    const message = Buffer.from(wipeMessage(identity.terminalId, report));
    lastWipe = { ...report, signature: identity.sign(message) };
    hub?.tell({ type: 'wipe', report: lastWipe });
    visit.dispatch({ type: report.ok ? 'wipePassed' : 'wipeFailed' });
  }

  function settle(state: VisitState): void {
    selfTests.follow(faceStageOf(state.at));
    const slow = room.line.isSlow();
    room.setVisible(roomViewShows(faceStageOf(state.at)) && room.line.still() === null);
    const quiet = guestOf(state.at)?.quiet;
    if (quiet) {
      room.send({ audio: !quiet.residentSound, video: !quiet.residentPicture && !slow });
      room.expectPicture(!quiet.counsellorPicture && !slow);
    }
    renew();
    // Announced while the last visit was being wiped.
    if (state.at.stage === 'idle' && lastSeen) receiveVisit(lastSeen);
  }

  function receiveVisit(seen: TerminalVisit): void {
    const reason = endedHere.get(seen.visitId);
    if (reason) hub?.tell({ type: 'visit.end', visitId: seen.visitId, reason });
    else visit.dispatch({ type: 'visitSeen', visit: seen });
  }

  function receive(message: HubToTerminal): void {
    switch (message.type) {
      case 'visit':
        lastSeen = message.visit;
        finishInterrupted(message.visit?.visitId ?? null);
        if (message.visit) {
          receiveVisit(message.visit);
        } else {
          endedHere.clear();
          visit.dispatch({ type: 'visitOver', reason: message.ended });
        }
        break;
      case 'order':
        orders.take(message.order, message.now);
        break;
      case 'selfTest':
        selfTests.ask(message.origin);
        break;
      case 'challenge':
      case 'refused':
        break; // The link's own affair.
      default:
        documents.receive(message);
    }
  }

  /** After a crash or a power cut in a visit: go on with it where the hub still has it, else wipe before anything. */
  function finishInterrupted(current: string | null): void {
    clearTimeout(interruptedTimer);
    const left = unwiped.visitId();
    if (left !== null && left !== current) visit.dispatch({ type: 'unwiped', visitId: left });
  }

  function renew(): void {
    renewScreens();
    hub?.tell({ type: 'report', report: reportNow() });
  }

  function reportNow(): TerminalReport {
    const { at } = visit.state();
    return {
      stage: at.stage,
      visitId: guestOf(at)?.visitId ?? null,
      call: at.stage === 'inCall' ? at.call : null,
      devices: devices.report(),
      printer: hardware.printerAbilities(),
      version,
      selfTesting: selfTests.underWay(),
      slowLine: room.line.isSlow(),
      visitKey: documents.visitKey(),
      greetingKey,
      ...(pdfNetwork && { pdfNetwork }),
    };
  }

  function renewScreens(): void {
    const { at } = visit.state();
    shots.check();
    room.self.show(selfViewMode());
    const view = screenViewOf({
      commune: configuration.commune,
      state: visit.state(),
      devices: devices.report(),
      sheet: desk.sheet(),
      work: desk.work(),
      live: desk.live(),
      selfView: desk.selfView(),
      aim: shots.state(),
      company: room.company(),
      slowLine: room.line.isSlow(),
      still: room.line.still(),
      subtitles: subtitles.lines(),
      selfTesting: selfTests.underWay(),
      checkCode: documents.checkCode(),
      shared: screens.layout()?.shared ?? false,
    });
    const guest = guestOf(at);
    if (guest) for (const thing of [guest, view]) memory.note(thing);
    // What is typed is drawn on the desk alone.
    const views = { face: { ...view, live: null }, desk: view };
    eachScreen((page, screen) => sendToPage(page, `${screen}:view`, views[screen]));
  }

  function selfViewMode(): SelfViewMode {
    const { at } = visit.state();
    if (guestOf(at) === null || (at.stage === 'inCall' && at.call === 'paused')) return 'gone';
    if (shots.isAiming()) return 'aim';
    return desk.selfView() ? 'small' : 'off';
  }

  function eachScreen(work: (page: WebContents, screen: 'face' | 'desk') => void): void {
    for (const screen of ['face', 'desk'] as const) {
      if (!screens[screen].isDestroyed()) work(screens[screen].webContents, screen);
    }
  }

  /** All that is not the face: started after it, so that a machine that was just switched on says at once that it lives. */
  function openRest(): void {
    clearTimeout(faceFirst);
    screens.openDesk();
    hardware.watch();
    notePdfNetwork();
  }

  /** Weaker, and nobody would see it: the operator is told before the first PDF is opened. */
  function notePdfNetwork(): void {
    if (pdfNetwork) return;
    pdfNetwork = sandboxNetwork();
    if (pdfNetwork === 'engine') log.warn({ event: 'pdf.no-network-namespace' });
    else log.info({ event: 'pdf.network-namespace' });
    renew();
  }

  const faceFirst = setTimeout(openRest, FACE_FIRST);
  const stopListening = [
    listenToPage('face:ready', log, () => renewScreens()),
    listenToPage('desk:ready', log, () => renewScreens()),
    listenToPage('face:greetingKey', log, ({ publicKey }) => {
      greetingKey = publicKey;
      renew();
    }),
    listenToPage('face:painted', log, () => {
      log.info({ event: 'screen.painted', host: 'face' });
      openRest();
    }),
    listenToPage('desk:painted', log, () => log.info({ event: 'screen.painted', host: 'desk' })),
    listenToPage('desk:sheetFailed', log, () => log.error({ event: 'screen.sheet-failed' })),
  ];

  hub = connectToHub(configuration.hub, identity, log, {
    onLinked: () => {
      visit.dispatch({ type: 'hubLinked' });
      paper.link()?.relinked();
      orders.tellAgain();
      if (lastWipe) hub?.tell({ type: 'wipe', report: lastWipe });
      selfTests.tellAgain();
      renew();
    },
    onLost: () => visit.dispatch({ type: 'hubLost' }),
    onMessage: receive,
    onFrame: documents.receiveFrame,
  });
  const sleepAgain = stayAwake(log, () => {
    hub?.connectAgain();
    visit.dispatch({ type: 'callLost' });
  });
  selfTests.follow(faceStageOf(visit.state().at));
  noteLayout();
  // Without a hub nobody can say whether the visit goes on: what it left must not wait for that.
  const interruptedTimer = setTimeout(() => finishInterrupted(null), INTERRUPTED_PATIENCE);

  return () => {
    clearTimeout(interruptedTimer);
    clearTimeout(faceFirst);
    sleepAgain();
    hub?.close();
    visit.close();
    selfTests.close();
    hardware.close();
    room.leave();
    for (const stop of stopListening) stop();
    screens.close();
  };
}
