% Components, angles and rotations in Octave: prints problems with answers.
%
% Usage: octave-cli peers.m SEED. Components are eigenvectors of the moments, angles
% arc cosines of singular values, and rotations solve a Lyapunov equation, of which
% the skew-symmetric least squares are the solution, by Kronecker products.
1;

function q = problem()
  steps = randi([20 90]); n = randi([3 20]);
  q.x = randn(steps, n) * randn(n) + 3 * randn(1, n);
  [v, d] = eig(q.x' * q.x / steps, "vector");
  [q.variances, order] = sort(d, "descend");
  q.first = v(:, order(1));
  q.a = randn(n, randi(n - 1)); q.b = randn(n, randi(n - 1));
  q.angles = sort(acos(min(1, svd(orth(q.a)' * orth(q.b)))));
  q.components = 2 * randi(floor(n / 2));
  count = randi([2 5]);
  for c = 1:count
    q.conditions{c} = cumsum(randn(randi([8 40]), n));
  end
  dt = 0.01; k = q.components;
  all = vertcat(q.conditions{:}); middle = mean(all);
  [v, d] = eig(cov(all), "vector");
  [~, order] = sort(d, "descend"); v = v(:, order(1:k));
  states = []; slopes = [];
  for c = 1:count
    low = (q.conditions{c} - middle) * v;
    states = [states; (low(2:end, :) + low(1:end-1, :)) / 2];
    slopes = [slopes; diff(low) / dt];
  end
  gram = states' * states; cross = states' * slopes;
  skew = reshape((kron(eye(k), gram) + kron(gram, eye(k))) \ reshape(cross - cross', [], 1), k, k);
  free = states \ slopes;
  off = @(m) 1 - sumsq((slopes - states * m)(:)) / sumsq(slopes(:));
  q.r2 = [off(skew), off(free)];
  speed = sort(abs(imag(eig(skew))), "descend")(1:2:end);
  q.hz = atan(speed * dt / 2) / (pi * dt);
end

% matrix writes a matrix as JSON, row by row, however small it is.
function text = matrix(m)
  text = "";
  for i = 1:rows(m)
    text = [text "," vector(m(i, :))];
  end
  text = ["[" text(2:end) "]"];
end

function text = vector(v)
  text = ["[" sprintf("%.17g,", v)(1:end-1) "]"];
end

seed = str2double(argv(){end});
randn("twister", seed); rand("twister", seed);
all = {};
for i = 1:10
  q = problem();
  all{i} = sprintf('{"x":%s,"variances":%s,"first":%s,"a":%s,"b":%s,"angles":%s,"conditions":[%s],"components":%d,"r2":%s,"hz":%s}', ...
    matrix(q.x), vector(q.variances), vector(q.first), matrix(q.a), matrix(q.b), vector(q.angles), ...
    strjoin(cellfun(@matrix, q.conditions, "UniformOutput", false), ","), q.components, vector(q.r2), vector(q.hz));
end
printf("[%s]", strjoin(all, ","));
