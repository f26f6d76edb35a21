using Bitwarden.Core.Crypto;
using Bitwarden.Core.Crypto.Primitives.Argon2;
using Xunit;

namespace Bitwarden.Core.Tests.Crypto.Primitives.Argon2;

public sealed class Argon2BudgetTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(30);
    private static readonly KdfSettings s_quick = new(KdfType.Argon2id, 2, 16, 1);

    [Fact]
    public async Task NoMoreIsUsedAtOnceThanThereIs()
    {
        Argon2Budget budget = new(100);
        (int used, int peak) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(i => OnAThread(() =>
        {
            int bytes = 20 + (i % 3 * 20);
            using Argon2Budget.Share share = budget.Take(bytes, CancellationToken.None);
            int now = Interlocked.Add(ref used, bytes);
            InterlockedMax(ref peak, now);
            Thread.Sleep(10);
            Interlocked.Add(ref used, -bytes);
        })));
        Assert.InRange(peak, 60, 100);
    }

    [Fact]
    public async Task WhatNeedsMoreThanAllRunsAlone()
    {
        Argon2Budget budget = new(100);
        using (Argon2Budget.Share other = budget.Take(1, CancellationToken.None))
        {
            using CancellationTokenSource soon = new(TimeSpan.FromMilliseconds(50));
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => OnAThread(() => budget.Take(500, soon.Token)));
        }

        await OnAThread(() => budget.Take(500, CancellationToken.None).Dispose()).WaitAsync(s_long);
    }

    [Fact]
    public async Task WhoCameFirstGoesFirst()
    {
        Argon2Budget budget = new(100);
        Argon2Budget.Share all = budget.Take(100, CancellationToken.None);
        List<int> order = [];
        List<Task> waiting = [];
        for (int i = 0; i < 4; i++)
        {
            int number = i;
            waiting.Add(OnAThread(() =>
            {
                using Argon2Budget.Share share = budget.Take(number == 0 ? 100 : 60, CancellationToken.None);
                order.Add(number);
            }));
            Assert.True(SpinWait.SpinUntil(() => budget.Waiting == number + 1, s_long));
        }

        all.Dispose();
        await Task.WhenAll(waiting).WaitAsync(s_long);
        Assert.Equal([0, 1, 2, 3], order);
    }

    [Fact]
    public async Task WhoGivesUpIsNotInTheWay()
    {
        Argon2Budget budget = new(100);
        Argon2Budget.Share most = budget.Take(80, CancellationToken.None);
        using CancellationTokenSource cancel = new();
        Task first = OnAThread(() => budget.Take(100, cancel.Token).Dispose());
        Assert.True(SpinWait.SpinUntil(() => budget.Waiting == 1, s_long));
        Task second = OnAThread(() => budget.Take(20, CancellationToken.None).Dispose());
        Assert.True(SpinWait.SpinUntil(() => budget.Waiting == 2, s_long));
        Assert.False(second.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(s_long));
        await second.WaitAsync(s_long);
        most.Dispose();
    }

    [Fact]
    public async Task DerivationsWaitForTheBudgetOfTheProcess()
    {
        Argon2Budget.Share all = Argon2Budget.Process.Take(Argon2Budget.Process.Total, CancellationToken.None);
        using CancellationTokenSource cancel = new();
        Task derivation = OnAThread(() => MasterKey.Derive("pw"u8, "salt", s_quick).Dispose());
        Task givesUp = OnAThread(() => MasterKey.Derive("pw"u8, "salt", s_quick, cancel.Token).Dispose());
        Assert.True(SpinWait.SpinUntil(() => Argon2Budget.Process.Waiting >= 2, s_long), "Nobody waits for the budget.");
        Assert.False(derivation.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givesUp.WaitAsync(s_long));
        Assert.False(derivation.IsCompleted);
        all.Dispose();
        await derivation.WaitAsync(s_long);
    }

    [Fact]
    public void TheProcessHasHalfOfWhatItMayUse()
    {
        Assert.Equal(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2, Argon2Budget.Process.Total);
        Assert.True(Argon2Budget.Process.Total > 0);
    }

    private static Task OnAThread(Action work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void InterlockedMax(ref int target, int value)
    {
        int before = target;
        while (value > before && Interlocked.CompareExchange(ref target, value, before) != before)
        {
            before = target;
        }
    }
}
