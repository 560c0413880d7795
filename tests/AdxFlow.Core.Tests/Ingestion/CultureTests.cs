using System.Globalization;
using System.Numerics;
using AdxFlow.Ingestion;

namespace AdxFlow.Core.Tests.Ingestion;

/// <summary>Sets the culture of the whole process, so that nothing else runs meanwhile.</summary>
[Collection(nameof(AloneCollection))]
public sealed class CultureTests
{
    [Theory]
    [InlineData("de-DE")]
    [InlineData("sv-SE")]
    public async Task The_users_culture_reaches_no_row(string culture)
    {
        CultureInfo before = CultureInfo.DefaultThreadCurrentCulture ?? CultureInfo.InvariantCulture;
        CultureInfo mine = CultureInfo.CurrentCulture;
        await using LocalTable table = await LocalTable.CreateAsync(new("a", AdxType.Real), new("b", AdxType.Decimal), new("c", AdxType.String));
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = new CultureInfo(culture);
            await using IngestionSession session = await table.StartAsync();
            session.OpenRows(table.Columns).Add(-1.5, new BigInteger(-7), -1234.5m);
            await table.FinishAsync(await session.CompleteAsync());
        }
        finally
        {
            CultureInfo.CurrentCulture = mine;
            CultureInfo.DefaultThreadCurrentCulture = before;
        }
        Assert.Equal([-1.5, -7m, "-1234.5"], Assert.Single(await table.RowsAsync()));
    }
}
