namespace AdxFlow.Clients.Tests;

/// <summary>Policies of every kind, with all and with some of their parts.</summary>
internal static class PolicyCases
{
    private const string Nowhere = "not part of a command";

    private static readonly AdxTablePolicy[] Policies =
    [
        new AdxBatchingPolicy { Database = Nowhere, Table = Nowhere, BatchingTime = TimeSpan.FromSeconds(30), BatchingItems = 500, BatchingSizeMB = 1024 },
        new AdxBatchingPolicy { Database = Nowhere, Table = Nowhere, BatchingTime = TimeSpan.FromMinutes(5) },
        new AdxStreamingPolicy { Database = Nowhere, Table = Nowhere, IsEnabled = true, HintAllocatedRate = 2.1 },
        new AdxStreamingPolicy { Database = Nowhere, Table = Nowhere, IsEnabled = false },
        new AdxRetentionPolicy { Database = Nowhere, Table = Nowhere, RetentionPeriod = TimeSpan.FromDays(365), Recoverability = AdxRecoverability.Disabled },
        new AdxRetentionPolicy { Database = Nowhere, Table = Nowhere, RetentionPeriod = new TimeSpan(1, 2, 3, 4) },
        new AdxRetentionPolicy { Database = Nowhere, Table = Nowhere, Recoverability = AdxRecoverability.Enabled },
        new AdxCachingPolicy { Database = Nowhere, Table = Nowhere, CachingPeriod = TimeSpan.FromDays(31) },
        new AdxCachingPolicy { Database = Nowhere, Table = Nowhere, CachingPeriod = TimeSpan.FromMilliseconds(90_061_001) },
        new AdxCachingPolicy
        {
            Database = Nowhere,
            Table = Nowhere,
            CachingPeriod = TimeSpan.FromHours(12),
            HotWindows =
            [
                new AdxHotWindow(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 2, 1, 0, 0, 0, DateTimeKind.Utc)),
                new AdxHotWindow(new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc), new DateTime(2026, 3, 1, 12, 30, 0, DateTimeKind.Utc).AddTicks(1)),
            ],
        },
    ];

    public static IEnumerable<CommandCase> OfEveryKind(Func<string, AdxTablePolicyKind, string> make) =>
        Enum.GetValues<AdxTablePolicyKind>().Select(kind => (CommandCase)(given => make(given.Name(), kind)));

    public static IEnumerable<CommandCase> OfEveryPolicy(Func<string, AdxTablePolicy, string> make) =>
        Policies.Select(policy => (CommandCase)(given => make(given.Name(), policy)));
}
