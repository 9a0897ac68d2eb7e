import usual from '@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf';
import heavy from '@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf';
import type { ReportFonts } from './report-pdf.ts';

/** Null: the hub is away. */
export async function fetchReportFonts(): Promise<ReportFonts | null> {
  try {
    const [regular, bold] = await Promise.all([bytesAt(usual), bytesAt(heavy)]);
    return { regular, bold };
  } catch (error) {
    // What fetch() throws where there is no network.
    if (error instanceof TypeError) return null;
    throw error;
  }
}

async function bytesAt(address: string): Promise<Uint8Array> {
  const response = await fetch(address);
  if (!response.ok) throw new TypeError(`The font is not there: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
