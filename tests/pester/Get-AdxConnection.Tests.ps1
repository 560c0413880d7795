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
}
