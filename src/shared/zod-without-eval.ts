/**
 * Import this before anything that declares a schema, in every page: zod would otherwise try at once whether it may
 * build code from text, which the pages' policy forbids and reports.
 */
import { config } from 'zod/v4/core';

config({ jitless: true });
