# The default connection, as it shows itself.

BeforeAll {
    . $PSScriptRoot/ModuleUnderTest.ps1
    Import-Module $ModuleManifest
    . $PSScriptRoot/LocalRequests.ps1
}

AfterAll {
    Stop-AdxLocal
}

Describe 'Get-AdxConnection' {
    It 'writes nothing where there is none' {
        Get-AdxConnection *>&1 | Should -BeNullOrEmpty
    }

    It 'writes the one made last' {
        $first = Connect-Adx -Local
        $last = Connect-Adx -Local -Principal 'aaduser=ada@contoso.com'
        Get-AdxConnection | Should -Be $last
        Get-AdxConnection | Should -Not -Be $first
    }

    It 'says where to, as whom and how' {
        $null = Connect-Adx -Local -Principal 'aaduser=ada@contoso.com' -Database Orders
        $connection = Get-AdxConnection
        $connection.SignIn | Should -Be 'Local'
        "$connection" | Should -BeExactly "$($connection.Cluster.AbsoluteUri.TrimEnd('/'))/Orders as aaduser=ada@contoso.com"
    }

    It 'sends nothing' {
        $null = Connect-Adx -Local
        Get-LocalRequest { Get-AdxConnection } | Should -BeNullOrEmpty
    }

    It 'shows cluster, database and principal by default' {
        $null = Connect-Adx -Local -Principal 'aaduser=ada@contoso.com'
        $text = Get-AdxConnection | Out-String -Width 200
        $text | Should -BeLike "*localhost:$((Get-AdxConnection).Cluster.Port)*"
        $text | Should -BeLike '*NetDefaultDB*'
        $text | Should -BeLike '*aaduser=ada@contoso.com*'
    }

    It 'fits 120 columns, long names or not' {
        $null = Connect-Adx -Local -Principal 'aadapp=4c7e82bd-6adb-46c3-b413-fdd44834c69b;72f988bf-86f1-41af-91ab-2d7cd011db47' -Database 'A database with a rather long name'
        $lines = (Get-AdxConnection | Out-String -Width 120) -split '\r?\n'
        $lines | ForEach-Object Length | Sort-Object | Select-Object -Last 1 | Should -BeLessOrEqual 120
        $text = -join ($lines -replace '\s')
        $text | Should -BeLike '*4c7e82bd-6adb-46c3-b413-fdd44834c69b*'
        $text | Should -Not -BeLike '*…*'
    }
}
