% Writes testdata/octave: octave-cli --norc generate.m (made with Octave 7.3).
matrix   = [1 2.5 -3; 4 5 6];
cube     = reshape(1:24, 2, 3, 4) / 8;
complexm = [1+2i 3-4i; -5 6i];
narrow   = [0 1 2 255];                 % stored as uint8
flag     = [true false true];
text     = 'rates to spikes';
accents  = 'naïve Ĵ τ';                 % UTF-8, counted in bytes
rows     = ['one  '; 'three'];
nothing  = [];
novec    = zeros(0, 3);
i8  = int8([-128 0 127]);
u8  = uint8([0 128 255]);
i16 = int16([-32768 32767]);
u16 = uint16([0 65535]);
i32 = int32([-2147483648 2147483647]);
u32 = uint32([0 4294967295]);
i64 = int64([intmin('int64') -1 intmax('int64')]);
u64 = uint64([0 intmax('uint64')]);
f32 = single([1.5 -0.25 3e38]);
odd = [NaN Inf -Inf -0];
sp  = sparse([1 3 3], [1 2 4], [10 -20 30.5], 3, 5);
spc = sparse([2 1], [1 3], [1+1i 2-3i], 2, 3);
spl = sparse([true false; false true]);
spz = sparse(3, 4);
session.animal = 'B';
session.emg = reshape(1:6, 3, 2);
session.nested.deep = {1, 'two', [3 3 3]};
trial = struct('start', {0.5, 1.5, 2.5}, 'name', {'a', 'b', 'c'});
nofields = struct();
cells = {1, 'text', {2, [3 4]}; int8(5), [], true};
save('-v6', 'octave/v6.mat');
save('-v7', 'octave/v7.mat');
save('-v4', 'octave/v4.mat', 'matrix');
