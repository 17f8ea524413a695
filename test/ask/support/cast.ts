/** Who asks in the batches of questions: nobody in particular, or a lead of the sample plan. */
export const ANYBODY = null;
export const MIRIAM = 'Miriam Adeyemi';
export const GARETH = 'Gareth Pritchard';
export const NASREEN = 'Nasreen Malik';
export const HELEN = 'Helen Brackley';
export const TOM = 'Tom Ashdown';
export const CALLUM = 'Callum Reid';
