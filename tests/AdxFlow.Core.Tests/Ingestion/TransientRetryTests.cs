using AdxFlow.Ingestion.Transports;

namespace AdxFlow.Core.Tests.Ingestion;

public class TransientRetryTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_fails_for_a_passing_reason_is_tried_again_within_the_window()
    {
        int tries = 0;
        int result = await new TransientRetry(TimeSpan.FromMinutes(1)).RunAsync(
            () => ++tries < 2 ? throw Failure(AdxErrorKind.Throttled) : Task.FromResult(42), Stop);

        Assert.Equal(42, result);
        Assert.Equal(2, tries);
    }

    [Theory]
    [InlineData(AdxErrorKind.PermissionDenied, false)]
    [InlineData(AdxErrorKind.InvalidData, false)]
    [InlineData(AdxErrorKind.ServiceError, true)]
    public async Task What_will_not_pass_is_told_at_once(AdxErrorKind kind, bool isPermanent)
    {
        int tries = 0;
        AdxException failure = await Assert.ThrowsAsync<AdxException>(() => new TransientRetry(TimeSpan.FromMinutes(1)).RunAsync<int>(
            () =>
            {
                tries++;
                throw Failure(kind, isPermanent);
            }, Stop));

        Assert.Equal(kind, failure.Kind);
        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task Behind_the_window_the_failure_is_told()
    {
        int tries = 0;
        await Assert.ThrowsAsync<AdxException>(() => new TransientRetry(TimeSpan.Zero).RunAsync(
            () =>
            {
                tries++;
                throw Failure(AdxErrorKind.ConnectionFailed);
            }, Stop));

        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task A_cancellation_ends_the_waiting()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        Task<int> running = new TransientRetry(TimeSpan.FromMinutes(10)).RunAsync<int>(
            () =>
            {
                cancel.Cancel();
                throw Failure(AdxErrorKind.Timeout);
            }, cancel.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private static AdxException Failure(AdxErrorKind kind, bool isPermanent = false) => new("AdxTest", kind, "fails") { IsPermanent = isPermanent };
}
