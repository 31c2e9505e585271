export declare function isStale(built: string, sources: readonly string[]): boolean;
