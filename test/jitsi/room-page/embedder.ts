/** The page that embeds this one, spoken to through Jitsi's own transport with the names of Jitsi Meet's API.js. */
export interface Embedder {
  readonly emit: (name: string, data?: object) => void;
  /** The frame goes: nothing is said any more. */
  readonly dispose: () => void;
}

export interface EmbedderOptions {
  readonly apiId: number;
  readonly commands: Readonly<Record<string, (...list: never[]) => void>>;
  /** `type: 'devices'` apart from the others, as there. A promise is waited for. */
  readonly requests: Readonly<Record<string, (request: DeviceRequest) => unknown>>;
}

export interface DeviceRequest {
  readonly type?: 'devices';
  readonly name: string;
  readonly deviceType?: string;
  readonly device?: { readonly kind: MediaDeviceKind; readonly label?: string; readonly id?: string };
}

interface Command {
  readonly name: string;
  readonly data: readonly never[];
}

export function openEmbedder({ apiId, commands, requests }: EmbedderOptions): Embedder {
  const { Transport, PostMessageTransportBackend } = window.JitsiTransport;
  const transport = new Transport({
    backend: new PostMessageTransportBackend({
      postisOptions: { scope: `jitsi_meet_external_api_${apiId}` },
    }),
  });
  transport.on('event', ({ name, data }: Command) => {
    const command = commands[name];
    command?.(...data);
    return command !== undefined;
  });
  transport.on('request', (request: DeviceRequest, answer) => {
    const respond = requests[request.name];
    if (!respond) {
      // As Jitsi Meet does: an Error turns into {} on its way.
      answer({ error: new Error('UnknownRequestError') });
      return false;
    }
    Promise.resolve(respond(request)).then(answer, (error: unknown) => answer({ error }));
    return true;
  });
  const emit = (name: string, data: object = {}) => transport.sendEvent({ name, ...data });
  emit('browser-support', { supported: true });
  emit('ready');
  return { emit, dispose: () => transport.dispose() };
}
