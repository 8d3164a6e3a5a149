import { fetchRegistration } from '../../lib/auth.ts';

/** How signing up stands, asked once for every doorway. */
export const registrationQuery = { queryKey: ['registration'], queryFn: fetchRegistration, staleTime: 60_000 };
