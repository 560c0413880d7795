using AdxFlow.Local.Tables;

namespace AdxFlow.Local.Tests.Tables;

public sealed class ExtentListTests
{
    [Fact]
    public void Lists_that_go_on_from_the_same_one_do_not_write_into_each_other()
    {
        Extent[] extents = [.. Enumerable.Range(0, 20).Select(i => Extent.Create(i, 0))];
        ExtentList common = extents.Take(5).Aggregate(ExtentList.Empty, (list, extent) => list.Add(extent));
        ExtentList one = extents.Skip(5).Take(5).Aggregate(common, (list, extent) => list.Add(extent));
        ExtentList other = extents.Skip(10).Aggregate(common, (list, extent) => list.Add(extent));
        Assert.Equal(extents.Take(5), common);
        Assert.Equal(extents.Take(10), one);
        Assert.Equal([.. extents.Take(5), .. extents.Skip(10)], other);
        Assert.Throws<ArgumentOutOfRangeException>(() => common[5]);
    }
}
